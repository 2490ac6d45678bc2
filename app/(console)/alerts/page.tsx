import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { loadAlertFilters, toAlertFilter, toAlertListInput } from "@/components/alerts/alert-filters";
import { AlertsScreen } from "@/components/alerts/alerts-screen";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const [filters, farmId] = await Promise.all([loadAlertFilters(searchParams), selectedFarmOf(actor, FARM_COOKIE)]);
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.alerts.list.infiniteQueryOptions(toAlertListInput(filters, farmId), { getNextPageParam: (page) => page.nextCursor }),
    ),
    queryClient.prefetchQuery(trpc.alerts.counts.queryOptions(toAlertFilter(filters, farmId))),
  ]);
  return (
    <Hydrated>
      <AlertsScreen />
    </Hydrated>
  );
}
