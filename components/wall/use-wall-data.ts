import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTRPC } from "@/components/console/trpc";
import { clockNowMs, subscribeToClock } from "@/components/patterns/ticking-clock";
import { type Freshness, freshnessOf, WALL_REFRESH_SECONDS } from "@/server/domain/overview/freshness";
import { WALL_ALERTS, wallInput } from "./wall-input";

const UNAUTHORIZED = 401;

/** What the wall shows, read again whatever happens, and whether it can be believed. */
export function useWallData(farmId: string | undefined) {
  const trpc = useTRPC();
  // At once too: what came with the page is dated by the server's clock, which may not be the wall's. Also while the window is behind another: a wall may be a second screen.
  const options = {
    refetchInterval: WALL_REFRESH_SECONDS * 1000,
    refetchIntervalInBackground: true,
    placeholderData: keepPreviousData,
    refetchOnMount: "always" as const,
  };
  const input = wallInput(farmId);
  const overview = useQuery({ ...trpc.devices.overview.queryOptions(input), ...options });
  const attention = useQuery({ ...trpc.overview.attention.queryOptions({ ...input, ...WALL_ALERTS }), ...options });
  const places = useQuery({ ...trpc.overview.places.queryOptions(input), ...options });
  const status = useQuery({ ...trpc.health.status.queryOptions(), ...options });
  const queries = [overview, attention, places, status];
  const readAtMs = queries.map(({ dataUpdatedAt }) => dataUpdatedAt);
  const isSignedOut = queries.some(({ error }) => error?.data?.httpStatus === UNAUTHORIZED);
  const freshness = useSyncExternalStore<Freshness>(
    subscribeToClock,
    () => freshnessOf({ readAtMs, isSignedOut }, clockNowMs()),
    () => "fresh",
  );
  return {
    overview: overview.data,
    attention: attention.data,
    places: places.data,
    /** False only when it is known that no message of any device arrives. */
    isReceiving: status.data?.reception.isReceiving !== false,
    freshness,
    readAt: new Date(Math.min(...readAtMs)),
  };
}
