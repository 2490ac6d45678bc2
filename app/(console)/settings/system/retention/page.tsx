import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { RetentionScreen } from "@/components/system/retention-screen";
import { Hydrated, serverQueries } from "../../../prefetch";
import { requireViewer } from "../../../viewer";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.system.retention.queryOptions());
  return (
    <Hydrated>
      <RetentionScreen />
    </Hydrated>
  );
}
