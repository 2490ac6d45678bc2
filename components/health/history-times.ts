import { HISTORY_STEPS } from "@/server/domain/health/history";
import type { HealthHistory } from "@/server/services/health/get-health-history";

/** Labels under a chart; more do not fit on a phone. */
const TICKS = 4;

const TICK_FORMATS: Record<HealthHistory["range"], Intl.DateTimeFormatOptions> = {
  "24h": { hour: "2-digit", minute: "2-digit" },
  "7d": { weekday: "short", day: "numeric" },
  "90d": { day: "numeric", month: "short" },
};

const POINT_FORMATS: Record<"hour" | "day", Intl.DateTimeFormatOptions> = {
  hour: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short" },
};

/** Times of a history in words, in the farm's own zone. */
export function historyTimes({ points, range, timeZone }: HealthHistory) {
  const tick = new Intl.DateTimeFormat("en-GB", { ...TICK_FORMATS[range], timeZone });
  const point = new Intl.DateTimeFormat("en-GB", { ...POINT_FORMATS[HISTORY_STEPS[range].step], timeZone });
  const last = points.length - 1;
  const ticks = Array.from({ length: TICKS }, (_, index) => points[Math.round((index / (TICKS - 1)) * last)]?.at);
  return {
    timeTicks: ticks.map((at) => (at ? tick.format(at) : "")),
    timeLabel: (index: number) => {
      const at = points[index]?.at;
      return at ? point.format(at) : "";
    },
  };
}
