import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadDeviceFilters, toListInput } from "@/components/devices/device-filters";
import { DeviceListScreen } from "@/components/devices/device-list-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Devices" };

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const filters = await loadDeviceFilters(searchParams);
  await queryClient.prefetchQuery(trpc.devices.list.queryOptions(toListInput(filters, await selectedFarmOf(actor, FARM_COOKIE))));
  return (
    <Hydrated>
      <DeviceListScreen />
    </Hydrated>
  );
}
