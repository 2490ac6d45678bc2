import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadGroupFilters } from "@/components/groups/group-filters";
import { GroupsScreen } from "@/components/groups/groups-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { groupFarmsOf, requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Groups" };

export default async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const { archived } = await loadGroupFilters(searchParams);
  const farmId = (await selectedFarmOf(actor, FARM_COOKIE)) ?? undefined;
  await queryClient.prefetchQuery(trpc.groups.list.queryOptions({ farmId, archived }));
  return (
    <Hydrated>
      <GroupsScreen editableFarmIds={groupFarmsOf(actor)} />
    </Hydrated>
  );
}
