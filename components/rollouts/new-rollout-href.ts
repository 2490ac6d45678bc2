import { type DeviceFilters, serializeDeviceFilters } from "@/components/devices/list/device-filters";
import type { DeviceType } from "@/server/domain/devices/device-type";

/** More do not fit into a URL. */
export const MAX_IDS_IN_URL = 200;

/** The wizard with a version chosen, aimed at its type of device. */
export function rolloutOfFirmware({ id, deviceType }: { id: string; deviceType: DeviceType }): string {
  return `${serializeDeviceFilters("/rollouts/new", { type: [deviceType] })}&firmware=${id}&step=2`;
}

/** The wizard aimed at devices that were chosen in the list; `undefined` when they are too many to be named in a URL. */
export function rolloutOfChosen(filters: DeviceFilters, { all, ids }: { all: boolean; ids: ReadonlySet<string> }): string | undefined {
  if (ids.size > MAX_IDS_IN_URL) return undefined;
  const named = [...ids].join(",");
  if (!all) return `/rollouts/new?aim=ids&ids=${named}`;
  const path = serializeDeviceFilters("/rollouts/new", { ...filters, sort: null, cols: null });
  return named === "" ? path : `${path}${path.includes("?") ? "&" : "?"}except=${named}`;
}
