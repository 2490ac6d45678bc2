import type { DeviceType } from "../devices/device-type";

/** One place on a round: a device was fitted there, or it was passed over. */
export interface WalkStep {
  place: number;
  /** `null` = passed over. */
  device: { deviceId: string; name: string; formerLocation: string | null; /** In the outbox. */ actionId: string } | null;
}

/** A round through a barn: scan one after another, each gets the next place. */
export interface Walk {
  /** "Stall" makes "Stall 1", "Stall 2" … */
  placeName: string;
  first: number;
  /** The last place there is; `null` = as many as come. */
  last: number | null;
  /** Only devices of this type belong here; `null` = any. */
  type: DeviceType | null;
  farmId: string | null;
  steps: WalkStep[];
  /** ISO 8601 */
  startedAt: string;
}

export interface WalkOptions extends Pick<Walk, "placeName" | "first" | "last" | "type" | "farmId"> {
  startedAt: string;
}

export function startWalk(options: WalkOptions): Walk {
  return { ...options, placeName: options.placeName.trim(), steps: [] };
}

export function placeLabel(walk: Pick<Walk, "placeName">, place: number): string {
  return `${walk.placeName} ${place}`.trim();
}

/** @returns `undefined` when every place has had its turn */
export function nextPlace(walk: Walk): number | undefined {
  const next = (walk.steps.at(-1)?.place ?? walk.first - 1) + 1;
  return walk.last !== null && next > walk.last ? undefined : next;
}

export type WalkVerdict =
  | { kind: "fits"; place: number }
  | { kind: "already"; place: number }
  | { kind: "wrong_type"; expected: DeviceType }
  | { kind: "wrong_farm" }
  | { kind: "full" };

/** Whether a scanned device gets the next place. */
export function judgeScan(walk: Walk, device: { deviceId: string; type: DeviceType; farmId: string }): WalkVerdict {
  const already = walk.steps.find((step) => step.device?.deviceId === device.deviceId);
  if (already) return { kind: "already", place: already.place };
  if (walk.type !== null && device.type !== walk.type) return { kind: "wrong_type", expected: walk.type };
  if (walk.farmId !== null && device.farmId !== walk.farmId) return { kind: "wrong_farm" };
  const place = nextPlace(walk);
  return place === undefined ? { kind: "full" } : { kind: "fits", place };
}

/** Gives the next place to a device, or passes it over. @throws when there is none: judge first */
export function takePlace(walk: Walk, device: WalkStep["device"]): Walk {
  const place = nextPlace(walk);
  if (place === undefined) throw new Error("The walk has no place left");
  return { ...walk, steps: [...walk.steps, { place, device }] };
}

/** Takes the last step back. */
export function undoStep(walk: Walk): { walk: Walk; undone: WalkStep | undefined } {
  return { walk: { ...walk, steps: walk.steps.slice(0, -1) }, undone: walk.steps.at(-1) };
}

export interface Coverage {
  /** Every place up to the last, in order. */
  places: { place: number; label: string; device: { deviceId: string; name: string } | null }[];
  filled: number;
  /** Devices of this type on this farm that nobody came by. */
  unseen: { deviceId: string; name: string; location: string | null }[];
}

/** Which place has a device and which has none, and which devices were not met. */
export function coverageOf(
  walk: Walk,
  devices: readonly { deviceId: string; name: string; location: string | null; type: DeviceType; farmId: string }[],
): Coverage {
  const byPlace = new Map(walk.steps.map((step) => [step.place, step.device]));
  const end = Math.max(walk.last ?? walk.first - 1, walk.steps.at(-1)?.place ?? walk.first - 1);
  const places = Array.from({ length: Math.max(0, end - walk.first + 1) }, (_, index) => {
    const place = walk.first + index;
    const device = byPlace.get(place);
    return { place, label: placeLabel(walk, place), device: device ? { deviceId: device.deviceId, name: device.name } : null };
  });
  const seen = new Set(walk.steps.map((step) => step.device?.deviceId));
  const unseen =
    walk.type === null
      ? []
      : devices
          .filter(
            (device) => device.type === walk.type && (walk.farmId === null || device.farmId === walk.farmId) && !seen.has(device.deviceId),
          )
          .map(({ deviceId, name, location }) => ({ deviceId, name, location }));
  return { places, filled: places.filter((place) => place.device).length, unseen };
}
