import type { ChartSeries } from "@/components/charts/chart-series";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import type { CoursePoint } from "@/server/services/rollouts/get-course";
import type { StageView } from "@/server/services/rollouts/get-rollout";

/** From the bottom up. */
export const COURSE_SERIES = [
  { key: "done", label: "Done", tone: "healthy", pattern: "solid" },
  { key: "failed", label: "Failed", tone: "critical", pattern: "hatch" },
  { key: "underWay", label: "Under way", tone: "info", pattern: "dots" },
] as const satisfies (ChartSeries & { key: keyof CoursePoint })[];

const DAY_MS = 86_400_000;
/** Labels under the chart; more do not fit on a phone. */
const TICKS = 3;

/** Moments in words, in the browser's own time; with the day where it is not the same one throughout. */
export function courseTimes(points: readonly CoursePoint[]) {
  const [first, last] = [points[0]?.at, points.at(-1)?.at];
  const isLong = first && last && last.getTime() - first.getTime() > 2 * DAY_MS;
  const isOneDay = first && last && first.toDateString() === last.toDateString();
  const day = { day: "numeric", month: "short" } as const;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const tick = new Intl.DateTimeFormat("en-GB", isLong ? day : isOneDay ? time : { ...day, ...time });
  const point = new Intl.DateTimeFormat("en-GB", { ...day, ...time });
  const at = (index: number, format: Intl.DateTimeFormat) => {
    const moment = points[index]?.at;
    return moment ? format.format(moment) : "";
  };
  return {
    timeTicks: Array.from({ length: TICKS }, (_, index) => at(Math.round((index / (TICKS - 1)) * (points.length - 1)), tick)),
    timeLabel: (index: number) => at(index, point),
  };
}

/** `17 of 60 done, 3 failed, 10 under way`: only what there is. */
export function courseLabel(point: CoursePoint | undefined, total: number): string {
  if (!point) return "";
  const others = COURSE_SERIES.filter(({ key }) => key !== "done" && point[key] > 0).map(
    ({ key, label }) => `${formatCount(point[key])} ${label.toLowerCase()}`,
  );
  return [`${formatCount(point.done)} of ${amountOf(total, "device")} done`, ...others].join(", ");
}

/** Where stages after the first began, as shares of the chart's width. */
export function openingsOf(stages: readonly StageView[], points: readonly CoursePoint[]): { position: number; share: number }[] {
  const [from, to] = [points[0]?.at.getTime() ?? 0, points.at(-1)?.at.getTime() ?? 0];
  if (to <= from) return [];
  return stages.flatMap(({ position, openedAt }) => {
    if (position === 0 || openedAt === null) return [];
    const share = (openedAt.getTime() - from) / (to - from);
    return share >= 0 && share <= 1 ? [{ position, share }] : [];
  });
}
