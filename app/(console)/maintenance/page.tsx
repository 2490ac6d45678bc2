import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadDueFilters, toDueInput } from "@/components/maintenance/due-filters";
import { MaintenanceScreen } from "@/components/maintenance/maintenance-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";
import { todayOnFarm } from "./today-on-farm";

export const metadata: Metadata = { title: "Maintenance" };

export default async function MaintenancePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadDueFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  const today = await todayOnFarm(farmId);
  await queryClient.prefetchQuery(trpc.maintenance.due.queryOptions(toDueInput(filters, farmId, today)));
  return (
    <Hydrated>
      <MaintenanceScreen today={today} />
    </Hydrated>
  );
}
