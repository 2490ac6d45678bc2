import { formatSignal, formatUptime } from "@/components/devices/format-readings";
import type { Thresholds } from "@/server/domain/health/thresholds";
import type { HealthHistory, HistoryPoint } from "@/server/services/health/get-health-history";
import { niceScale, type Scale } from "@/components/charts/chart-geometry";
import type { LineChartProps } from "@/components/charts/line-chart";

type Series = Pick<
  LineChartProps,
  "title" | "description" | "values" | "band" | "marks" | "scale" | "thresholds" | "tickLabel" | "pointLabel"
>;

const PERCENT: Scale = { min: 0, max: 100, ticks: [0, 25, 50, 75, 100] };
/** dBm below which the health score begins to go down (specification Task 1.1). */
const FAIR_SIGNAL = -70;
const HOUR = 3_600;
const DAY = 86_400;

/** The four charts of a device: battery, signal, errors, uptime. */
export function historySeries({ points, thresholds }: HealthHistory): Series[] {
  const said = (read: (point: HistoryPoint) => string | null) => (index: number) => {
    const point = points[index];
    return (point && read(point)) ?? "no data";
  };
  return [battery(points, thresholds, said), signal(points, thresholds, said), errors(points, thresholds, said), uptime(points, said)];
}

type Said = (read: (point: HistoryPoint) => string | null) => (index: number) => string;

function battery(points: HistoryPoint[], { lowBatteryThreshold: threshold }: Thresholds, said: Said): Series {
  return {
    title: "Battery",
    description: "%",
    values: points.map((point) => point.battery),
    scale: PERCENT,
    thresholds: [{ value: threshold, label: `low below ${threshold} %`, tone: "warning" }],
    tickLabel: String,
    pointLabel: said((point) => (point.battery === null ? null : `${Math.round(point.battery)} %`)),
  };
}

function signal(points: HistoryPoint[], { weakSignalThreshold: weak }: Thresholds, said: Said): Series {
  const known = points.flatMap((point) => [point.signalMin ?? [], point.signalMax ?? []].flat());
  return {
    title: "Signal",
    description: "dBm, mean and range",
    values: points.map((point) => point.signal),
    band: { lows: points.map((point) => point.signalMin), highs: points.map((point) => point.signalMax) },
    // Both lines in sight, so that good looks good and bad looks bad.
    scale: niceScale(Math.min(weak - 5, FAIR_SIGNAL - 5, ...known), Math.max(weak + 10, FAIR_SIGNAL + 10, ...known), 5),
    thresholds: [
      { value: FAIR_SIGNAL, label: `weak below ${formatSignal(FAIR_SIGNAL)} dBm`, tone: "warning" },
      { value: weak, label: `poor below ${formatSignal(weak)} dBm`, tone: "critical" },
    ],
    tickLabel: (value) => formatSignal(value) ?? "",
    pointLabel: said((point) => {
      if (point.signal === null) return null;
      return `${formatSignal(Math.round(point.signal))} dBm (${formatSignal(point.signalMin)} to ${formatSignal(point.signalMax)})`;
    }),
  };
}

function errors(points: HistoryPoint[], { elevatedErrors, highErrors }: Thresholds, said: Said): Series {
  return {
    title: "Errors",
    description: "highest count",
    values: points.map((point) => point.errors),
    scale: niceScale(0, Math.max(elevatedErrors + 1, ...points.map((point) => point.errors ?? 0)), 2),
    thresholds: [
      { value: elevatedErrors, label: `warning above ${elevatedErrors}`, tone: "warning" },
      { value: highErrors, label: `critical above ${highErrors}`, tone: "critical" },
    ],
    tickLabel: String,
    pointLabel: said((point) => (point.errors === null ? null : point.errors === 1 ? "1 error" : `${point.errors} errors`)),
  };
}

function uptime(points: HistoryPoint[], said: Said): Series {
  const highest = Math.max(0, ...points.map((point) => point.uptimeSeconds ?? 0));
  const unit = highest > 2 * DAY ? { seconds: DAY, name: "d" } : { seconds: HOUR, name: "h" };
  return {
    title: "Uptime",
    description: "restarts are marked at the foot",
    values: points.map((point) => (point.uptimeSeconds === null ? null : point.uptimeSeconds / unit.seconds)),
    marks: points.map((point) => (point.restarts ?? 0) > 0),
    scale: niceScale(0, highest / unit.seconds),
    tickLabel: (value) => `${value} ${unit.name}`,
    pointLabel: said((point) => {
      const parts = [];
      if (point.uptimeSeconds !== null) parts.push(`up ${formatUptime(point.uptimeSeconds)}`);
      if (point.restarts) parts.push(point.restarts === 1 ? "1 restart" : `${point.restarts} restarts`);
      return parts.length > 0 ? parts.join(", ") : null;
    }),
  };
}
