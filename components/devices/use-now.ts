import { useSyncExternalStore } from "react";
import { clockNowMs, subscribeToClock } from "@/components/patterns/ticking-clock";

/** The page's clock, once a second, for what turns with time alone: online becomes offline. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribeToClock, clockNowMs, () => Date.now()));
}
