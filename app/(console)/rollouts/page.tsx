import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadRolloutFilters, toRolloutListInput } from "@/components/rollouts/rollout-filters";
import { RolloutsScreen } from "@/components/rollouts/rollouts-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Rollouts" };

export default async function RolloutsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadRolloutFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  await queryClient.prefetchInfiniteQuery(
    trpc.rollouts.list.infiniteQueryOptions(toRolloutListInput(filters, farmId), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Hydrated>
      <RolloutsScreen />
    </Hydrated>
  );
}
