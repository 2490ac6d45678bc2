import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { WebhookScreen } from "@/components/webhooks/webhook-screen";
import { Hydrated, serverQueries } from "../../../prefetch";
import { requireViewer } from "../../../viewer";

export const metadata: Metadata = { title: "Webhook" };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { id } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.webhooks.get.queryOptions({ id }));
  return (
    <Hydrated>
      <WebhookScreen id={id} />
    </Hydrated>
  );
}
