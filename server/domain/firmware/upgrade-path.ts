import { compareVersions } from "./version-order";
import type { FirmwareState } from "./vocabulary";

/** What the planner has to know of a version. */
export interface PathVersion {
  version: string;
  minPreviousVersion: string | null;
  manufacturer: string;
  compatibleModels: readonly string[];
  state: FirmwareState;
}

export type Incompatibility = "manufacturer" | "model";

/** Why a version does not run on a device of its type; `undefined` = it does. Case and spaces do not count. */
export function incompatibility(
  firmware: Pick<PathVersion, "manufacturer" | "compatibleModels">,
  device: { manufacturer: string; model: string },
): Incompatibility | undefined {
  if (firmware.manufacturer !== "" && normal(firmware.manufacturer) !== normal(device.manufacturer)) return "manufacturer";
  const models = firmware.compatibleModels.map(normal);
  return models.length > 0 && !models.includes(normal(device.model)) ? "model" : undefined;
}

function normal(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, " ");
}

export type UpgradePath<V extends PathVersion> =
  /** It runs the target, or something of the same rank. */
  | { kind: "arrived" }
  /** Versions to install one after the other; the last is the target. */
  | { kind: "path"; hops: V[] }
  /** It runs something newer: that would be a downgrade. */
  | { kind: "newer" }
  /** It has never said what it runs. */
  | { kind: "unknown" }
  /** No way leads there: what is missing is a stable version from this one on that can be installed over what it runs. */
  | { kind: "blocked"; needs: string };

/**
 * The fewest installations that bring a device from the version it runs to a target. Each hop is stable and accepts
 * what runs before it (minimum previous version); the target itself is whatever was asked for.
 * @param versions those that fit the device
 */
export function planUpgrade<V extends PathVersion>(current: string | null, target: V, versions: readonly V[]): UpgradePath<V> {
  if (current === null) return { kind: "unknown" };
  const distance = compareVersions(current, target.version);
  if (distance === 0) return { kind: "arrived" };
  if (distance > 0) return { kind: "newer" };
  // The newest first: of equally short ways the one with the newest hops.
  const steps = versions
    .filter((step) => step.state === "stable" && compareVersions(step.version, target.version) < 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  let frontier: { at: string; hops: V[] }[] = [{ at: current, hops: [] }];
  const visited = new Set<V>();
  while (frontier.length > 0) {
    const direct = frontier.find(({ at }) => accepts(target, at));
    if (direct) return { kind: "path", hops: [...direct.hops, target] };
    const next: typeof frontier = [];
    for (const { at, hops } of frontier) {
      for (const step of steps) {
        if (visited.has(step) || !accepts(step, at)) continue;
        visited.add(step);
        next.push({ at: step.version, hops: [...hops, step] });
      }
    }
    frontier = next;
  }
  return { kind: "blocked", needs: lowestEntry(target, steps) };
}

/** The lowest version from which the target can be reached. */
function lowestEntry<V extends PathVersion>(target: V, steps: readonly V[]): string {
  let lowest = target.minPreviousVersion ?? target.version;
  // Newest first: whoever accepts something lower than the lowest so far and can itself be passed, lowers it.
  for (const { version, minPreviousVersion } of steps) {
    if (minPreviousVersion === null || compareVersions(version, lowest) < 0) continue;
    if (compareVersions(minPreviousVersion, lowest) < 0) lowest = minPreviousVersion;
  }
  return lowest;
}

/** Whether a version may be installed over another. */
function accepts({ version, minPreviousVersion }: PathVersion, running: string): boolean {
  if (compareVersions(version, running) <= 0) return false;
  return minPreviousVersion === null || compareVersions(running, minPreviousVersion) >= 0;
}

/** The newest stable version of those that fit; `undefined` = there is none. */
export function newestStable<V extends PathVersion>(versions: readonly V[]): V | undefined {
  return versions
    .filter(({ state }) => state === "stable")
    .sort((a, b) => compareVersions(b.version, a.version))
    .at(0);
}
