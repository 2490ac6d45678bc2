import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { BatteriesScreen } from "@/components/overview/batteries-screen";
import { BATTERY_STATE } from "@/components/overview/overview-state";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer, selectedFarmOf } from "../../viewer";

export const metadata: Metadata = { title: "Batteries" };

const loadState = createLoader(BATTERY_STATE);

export default async function BatteriesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const [{ view }, farmId] = await Promise.all([loadState(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  await queryClient.prefetchInfiniteQuery(
    trpc.overview.batteries.infiniteQueryOptions({ farmId: farmId ?? undefined, view }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Hydrated>
      <BatteriesScreen />
    </Hydrated>
  );
}
