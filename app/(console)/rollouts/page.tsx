import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { loadRolloutFilters, toRolloutListInput } from "@/components/rollouts/rollout-filters";
import { RolloutsScreen } from "@/components/rollouts/rollouts-screen";
import { Hydrated, serverQueries } from "../prefetch";

export const metadata: Metadata = { title: "Rollouts" };

export default async function RolloutsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { queryClient, trpc } = await serverQueries();
  const filters = await loadRolloutFilters(searchParams);
  await queryClient.prefetchInfiniteQuery(
    trpc.rollouts.list.infiniteQueryOptions(toRolloutListInput(filters), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Hydrated>
      <RolloutsScreen />
    </Hydrated>
  );
}
