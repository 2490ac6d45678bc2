import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { loadAuditFilters, toAuditInput } from "@/components/audit/audit-filters";
import { AuditScreen } from "@/components/audit/audit-screen";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Hydrated, serverQueries } from "../../prefetch";
import { mayOnSomeFarm, requireViewer, selectedFarmOf } from "../../viewer";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  if (!mayOnSomeFarm(actor, "audit.read")) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadAuditFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  await queryClient.prefetchInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(toAuditInput(filters, farmId), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <Hydrated>
      <AuditScreen />
    </Hydrated>
  );
}
