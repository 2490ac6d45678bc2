import { niceScale } from "@/components/charts/chart-geometry";
import type { ChartSeries } from "@/components/charts/chart-series";
import { SPAN_FACTS } from "@/server/domain/overview/schema";
import type { AlertDay, AlertsPerDay } from "@/server/services/overview/count-alerts-per-day";
import type { FleetHistory, FleetPoint } from "@/server/services/overview/get-fleet-history";

/** Labels under a chart; more do not fit on a phone. */
const TICKS = 3;
const NO_DATA = "not counted";

export const HEALTH_SERIES = [
  { key: "critical", label: "Critical", tone: "critical", pattern: "solid" },
  { key: "warning", label: "Warning", tone: "warning", pattern: "hatch" },
  { key: "unknown", label: "Unknown", tone: "unknown", pattern: "dots" },
] as const satisfies (ChartSeries & { key: keyof FleetPoint })[];

export const SEVERITY_SERIES = [
  { key: "critical", label: "Critical", tone: "critical", pattern: "solid" },
  { key: "warning", label: "Warning", tone: "warning", pattern: "hatch" },
  { key: "low", label: "Low", tone: "unknown", pattern: "dots" },
] as const satisfies (ChartSeries & { key: keyof AlertDay["raised"] })[];

const compact = new Intl.NumberFormat("en", { notation: "compact" });
const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const tickLabel = (value: number) => compact.format(value);

/** Times of the fleet's history in words, in the farm's own zone. */
export function historyTimes({ points, span, timeZone }: FleetHistory) {
  const isHourly = SPAN_FACTS[span].step === "hour";
  const tick = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone });
  const point = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isHourly ? { hour: "2-digit", minute: "2-digit" } : {}),
    timeZone,
  });
  return labelsOf(
    points.map(({ at }) => at),
    tick,
    point,
  );
}

/** Days of the alerts in words; a calendar day is the same in every zone. */
export function dayTimes({ days }: AlertsPerDay) {
  const tick = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  const point = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return labelsOf(
    days.map(({ day }) => new Date(day)),
    tick,
    point,
  );
}

function labelsOf(times: readonly Date[], tick: Intl.DateTimeFormat, point: Intl.DateTimeFormat) {
  const at = (index: number, format: Intl.DateTimeFormat) => {
    const time = times[index];
    return time ? format.format(time) : "";
  };
  return {
    timeTicks: Array.from({ length: TICKS }, (_, index) => at(Math.round((index / (TICKS - 1)) * (times.length - 1)), tick)),
    timeLabel: (index: number) => at(index, point),
  };
}

export function healthLabel(point: FleetPoint | undefined): string {
  if (!point || point.healthy === null) return NO_DATA;
  const total = point.healthy + (point.warning ?? 0) + (point.critical ?? 0) + (point.unknown ?? 0);
  const parts = HEALTH_SERIES.map(({ key, label }) => `${figure.format(point[key] ?? 0)} ${label.toLowerCase()}`);
  return `${parts.join(", ")} of ${figure.format(total)}`;
}

export function onlineLabel(point: FleetPoint | undefined): string {
  if (!point || point.online === null) return NO_DATA;
  const lowest = point.lowestOnline !== null && point.lowestOnline < point.online - 0.05 ? `, at least ${percent(point.lowestOnline)}` : "";
  return percent(point.online) + lowest;
}

/** The last that is known, in a few characters. */
export function onlineNow(points: readonly FleetPoint[]): string | undefined {
  const last = points.findLast(({ online }) => online !== null)?.online;
  return last === null || last === undefined ? undefined : percent(last);
}

export function percent(value: number): string {
  return `${figure.format(value)} %`;
}

export function alertDayLabel(day: AlertDay | undefined): string {
  if (!day) return "";
  const parts = SEVERITY_SERIES.filter(({ key }) => day.raised[key] > 0).map(
    ({ key, label }) => `${figure.format(day.raised[key])} ${label.toLowerCase()}`,
  );
  return `${figure.format(sumOf(day.raised))} raised${parts.length > 0 ? ` (${parts.join(", ")})` : ""}, ${figure.format(sumOf(day.resolved))} resolved`;
}

export function sumOf({ low, warning, critical }: AlertDay["raised"]): number {
  return low + warning + critical;
}

/** Close to what there is: of a fleet that is nearly always there one wants to see the rest. */
export function onlineScale(points: readonly FleetPoint[]) {
  const lows = points.flatMap(({ lowestOnline }) => lowestOnline ?? []);
  return niceScale(Math.min(98, ...lows), 100, 1);
}

export function healthScale(points: readonly FleetPoint[]) {
  return niceScale(0, Math.max(0, ...points.map(({ critical, warning, unknown }) => (critical ?? 0) + (warning ?? 0) + (unknown ?? 0))));
}

export function alertScale(days: readonly AlertDay[]) {
  return niceScale(0, Math.max(0, ...days.map(({ raised, resolved }) => Math.max(sumOf(raised), sumOf(resolved)))));
}
