import type { Metadata } from "next";
import { GroupScreen } from "@/components/groups/group-screen";
import { Hydrated, serverQueries } from "../../prefetch";
import { groupFarmsOf, requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Group" };

export default async function GroupPage({ params }: { params: Promise<{ groupId: string }> }) {
  const { groupId } = await params;
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.groups.get.queryOptions({ id: groupId }));
  return (
    <Hydrated>
      <GroupScreen groupId={groupId} editableFarmIds={groupFarmsOf(actor)} />
    </Hydrated>
  );
}
