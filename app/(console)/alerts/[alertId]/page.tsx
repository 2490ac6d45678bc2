import type { Metadata } from "next";
import { AlertScreen } from "@/components/alerts/alert-screen";
import { Hydrated, serverQueries } from "../../prefetch";

export const metadata: Metadata = { title: "Alert" };

export default async function AlertPage({ params }: { params: Promise<{ alertId: string }> }) {
  const { alertId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.alerts.get.queryOptions({ id: alertId }));
  return (
    <Hydrated>
      <AlertScreen alertId={alertId} />
    </Hydrated>
  );
}
