import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/console/console-shell";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { Providers } from "@/components/console/providers";
import { Hydrated, serverQueries } from "./prefetch";
import { requireViewer, selectedFarmOf, viewerOf } from "./viewer";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.farms.list.queryOptions());
  return (
    <Providers>
      <Hydrated>
        <ConsoleShell viewer={viewerOf(actor)} selectedFarmId={await selectedFarmOf(actor, FARM_COOKIE)}>
          {children}
        </ConsoleShell>
      </Hydrated>
    </Providers>
  );
}
