import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadFirmwareFilters, toFirmwareListInput, toSpreadInput } from "@/components/firmware/firmware-filters";
import { FirmwareScreen } from "@/components/firmware/firmware-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Hydrated, serverQueries } from "../prefetch";
import { mayInOrganisation, requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Firmware" };

export default async function FirmwarePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  if (!mayInOrganisation(actor, "firmware.view"))
    return <ForbiddenState description="Firmware is for people of a farm. An admin can add you to one." />;
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadFirmwareFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.firmware.list.infiniteQueryOptions(toFirmwareListInput(filters, farmId), { getNextPageParam: (page) => page.nextCursor }),
    ),
    queryClient.prefetchQuery(trpc.firmware.spread.queryOptions(toSpreadInput(filters, farmId))),
  ]);
  return (
    <Hydrated>
      <FirmwareScreen />
    </Hydrated>
  );
}
