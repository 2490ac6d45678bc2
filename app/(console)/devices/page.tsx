import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadDeviceFilters, toFilterInput, toListInput } from "@/components/devices/list/device-filters";
import { DeviceListScreen } from "@/components/devices/list/device-list-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Devices" };

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const filters = await loadDeviceFilters(searchParams);
  const input = toListInput(filters, await selectedFarmOf(actor, FARM_COOKIE));
  await Promise.all([
    queryClient.prefetchInfiniteQuery(trpc.devices.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor })),
    queryClient.prefetchQuery(trpc.devices.count.queryOptions(toFilterInput(input))),
    queryClient.prefetchQuery(trpc.devices.facets.queryOptions()),
    queryClient.prefetchQuery(trpc.views.list.queryOptions()),
  ]);
  return (
    <Hydrated>
      <DeviceListScreen />
    </Hydrated>
  );
}
