import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadWorkOrderFilters, toWorkOrderInput } from "@/components/maintenance/work-order-filters";
import { WorkOrdersScreen } from "@/components/maintenance/work-orders-screen";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer, selectedFarmOf } from "../../viewer";
import { todayOnFarm } from "../today-on-farm";

export const metadata: Metadata = { title: "Work orders" };

export default async function WorkOrdersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadWorkOrderFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  const today = await todayOnFarm(farmId);
  await queryClient.prefetchQuery(trpc.maintenance.due.queryOptions(toWorkOrderInput(filters, farmId, today)));
  return (
    <Hydrated>
      <WorkOrdersScreen today={today} />
    </Hydrated>
  );
}
