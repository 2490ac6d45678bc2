import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/console/console-shell";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { Providers } from "@/components/console/providers";
import { Hydrated, serverQueries } from "./prefetch";
import { requireViewer, selectedFarmOf, viewerOf } from "./viewer";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const farmId = await selectedFarmOf(actor, FARM_COOKIE);
  await Promise.all([
    queryClient.prefetchQuery(trpc.farms.list.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.counts.queryOptions({ view: "active", farmIds: farmId ? [farmId] : [] })),
    queryClient.prefetchQuery(trpc.health.status.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.unread.queryOptions()),
  ]);
  return (
    <Providers>
      <Hydrated>
        <ConsoleShell viewer={viewerOf(actor)} selectedFarmId={farmId}>
          {children}
        </ConsoleShell>
      </Hydrated>
    </Providers>
  );
}
