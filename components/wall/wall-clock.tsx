import { useSyncExternalStore } from "react";
import { clockNowMs, subscribeToClock } from "@/components/patterns/ticking-clock";

const MINUTE_MS = 60_000;
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** The time in the office; empty until the browser says it. */
export function WallClock() {
  const minute = useSyncExternalStore<number | null>(
    subscribeToClock,
    () => Math.floor(clockNowMs() / MINUTE_MS),
    () => null,
  );
  const now = minute === null ? null : new Date(minute * MINUTE_MS);
  return (
    <p className="text-right tabular">
      <span className="block text-[clamp(2.25rem,6vh,5rem)] leading-none font-semibold">{now ? TIME.format(now) : "\u00a0"}</span>
      <span className="block text-[clamp(0.875rem,1.9vh,1.5rem)] text-ink-2">{now ? DAY.format(now) : "\u00a0"}</span>
    </p>
  );
}
