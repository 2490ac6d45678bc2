import { type DeviceFilters, serializeDeviceFilters } from "@/components/devices/list/device-filters";

/** More do not fit into a URL that every proxy takes. */
const MAX_IDS_IN_URL = 500;

export function labelsOfDevice(deviceId: string): string {
  return `/labels?ids=${deviceId}`;
}

/** Labels of what a group, a block of reserved IDs, an import or a former print holds. */
export function labelsOf(from: "group" | "block" | "import" | "reprint", id: string): string {
  return `/labels?from=${from}&of=${id}`;
}

/** Labels of devices that were chosen in the list; `undefined` when they are too many to be named in a URL. */
export function labelsOfChosen(filters: DeviceFilters, { all, ids }: { all: boolean; ids: ReadonlySet<string> }): string | undefined {
  if (ids.size > MAX_IDS_IN_URL) return undefined;
  const named = [...ids].join(",");
  if (!all) return `/labels?ids=${named}`;
  const path = serializeDeviceFilters("/labels", { ...filters, sort: null, cols: null });
  return `${path}${path.includes("?") ? "&" : "?"}from=filter${named === "" ? "" : `&except=${named}`}`;
}
