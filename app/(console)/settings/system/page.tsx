import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { SystemScreen } from "@/components/system/system-screen";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "System" };

export default async function SystemPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await Promise.all([
    queryClient.prefetchQuery(trpc.system.get.queryOptions()),
    queryClient.prefetchQuery(trpc.system.database.queryOptions()),
    queryClient.prefetchQuery(trpc.system.storage.queryOptions()),
  ]);
  return (
    <Hydrated>
      <SystemScreen />
    </Hydrated>
  );
}
