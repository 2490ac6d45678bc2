import type { Metadata } from "next";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { OverviewScreen } from "@/components/overview/overview-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const farmId = (await selectedFarmOf(actor, FARM_COOKIE)) ?? undefined;
  await Promise.all([
    queryClient.prefetchQuery(trpc.devices.overview.queryOptions({ farmId })),
    queryClient.prefetchQuery(trpc.overview.attention.queryOptions({ farmId })),
    queryClient.prefetchQuery(trpc.overview.places.queryOptions({ farmId })),
    queryClient.prefetchQuery(trpc.audit.activity.queryOptions({ farmId, limit: 8 })),
  ]);
  return (
    <Hydrated>
      <OverviewScreen />
    </Hydrated>
  );
}
