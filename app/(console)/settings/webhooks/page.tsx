import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { WebhooksScreen } from "@/components/webhooks/webhooks-screen";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.webhooks.list.queryOptions());
  return (
    <Hydrated>
      <WebhooksScreen />
    </Hydrated>
  );
}
