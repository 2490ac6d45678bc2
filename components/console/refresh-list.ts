import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import type { DevicePage } from "@/server/services/devices/list/list-devices";
import type { useTRPC } from "./trpc";

/** Lists that are longer are brought up to date row by row: reading all their pages again would cost a page each. */
const PAGES_READ_AGAIN = 2;
const MAX_PATCHED = 200;

function pagesOf(data: unknown): DevicePage[] {
  return (data as InfiniteData<DevicePage> | undefined)?.pages ?? [];
}

/** Whether a device list shows one of these devices. */
export function showsAny(data: unknown, ids: ReadonlySet<string>): boolean {
  return pagesOf(data).some((page) => page.devices.some((device) => ids.has(device.deviceId)));
}

/**
 * Brings a device list up to date after devices changed. A short list is read again, with who enters and leaves it; in
 * a long one the rows shown are replaced where they stand.
 * @param changed `null` = too many to name
 */
export async function refreshList(
  queries: QueryClient,
  trpc: ReturnType<typeof useTRPC>,
  query: Query,
  changed: ReadonlySet<string> | null,
): Promise<void> {
  const pages = pagesOf(query.state.data);
  const shown = pages.flatMap((page) => page.devices.map((device) => device.deviceId));
  const deviceIds = changed && shown.filter((id) => changed.has(id));
  if (!deviceIds || pages.length <= PAGES_READ_AGAIN || deviceIds.length > MAX_PATCHED) {
    return queries.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
  if (deviceIds.length === 0) return;
  const fresh = await queries.fetchQuery(trpc.devices.list.queryOptions({ deviceIds, pageSize: MAX_PATCHED }, { staleTime: 0, gcTime: 0 }));
  const byId = new Map(fresh.devices.map((device) => [device.deviceId, device]));
  queries.setQueryData<InfiniteData<DevicePage>>(query.queryKey, (data) =>
    data
      ? {
          ...data,
          pages: data.pages.map((page) => ({ ...page, devices: page.devices.map((device) => byId.get(device.deviceId) ?? device) })),
        }
      : data,
  );
}
