import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/console/trpc";
import { type AlertFilters, toAlertFilter, toAlertListInput } from "./alert-filters";

/** The list's rows, as far as somebody has scrolled, and how many there are in all. */
export function useAlertPages(filters: AlertFilters, selectedFarmId: string | null) {
  const trpc = useTRPC();
  const pages = useInfiniteQuery({
    ...trpc.alerts.list.infiniteQueryOptions(toAlertListInput(filters, selectedFarmId), { getNextPageParam: (page) => page.nextCursor }),
    placeholderData: keepPreviousData,
  });
  const counts = useQuery({
    ...trpc.alerts.counts.queryOptions(toAlertFilter(filters, selectedFarmId)),
    placeholderData: keepPreviousData,
  });
  const alerts = useMemo(() => pages.data?.pages.flatMap((page) => page.alerts), [pages.data]);
  return { pages, alerts, counts: counts.data };
}
