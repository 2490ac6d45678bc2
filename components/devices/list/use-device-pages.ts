import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/console/trpc";
import type { DeviceListInput } from "@/server/domain/devices/list-schema";
import { toFilterInput } from "./device-filters";

/** The list's rows, as far as somebody has scrolled, and how many there are in all. */
export function useDevicePages(input: DeviceListInput) {
  const trpc = useTRPC();
  const pages = useInfiniteQuery({
    ...trpc.devices.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }),
    placeholderData: keepPreviousData,
  });
  const counts = useQuery({ ...trpc.devices.count.queryOptions(toFilterInput(input)), placeholderData: keepPreviousData });
  const devices = useMemo(() => pages.data?.pages.flatMap((page) => page.devices), [pages.data]);
  return { pages, devices, counts: counts.data };
}
