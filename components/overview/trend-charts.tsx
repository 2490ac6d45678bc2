import { ChartFigure, ChartNote } from "@/components/charts/chart-figure";
import { ChartLegend } from "@/components/charts/chart-legend";
import { ChartPlot } from "@/components/charts/chart-plot";
import { ChartTable } from "@/components/charts/chart-table";
import { LineChart } from "@/components/charts/line-chart";
import { StackedArea } from "@/components/charts/stacked-area";
import { StackedBars } from "@/components/charts/stacked-bars";
import { SPAN_FACTS } from "@/server/domain/overview/schema";
import type { AlertsPerDay } from "@/server/services/overview/count-alerts-per-day";
import type { FleetHistory } from "@/server/services/overview/get-fleet-history";
import {
  alertDayLabel,
  alertScale,
  dayTimes,
  HEALTH_SERIES,
  healthLabel,
  healthScale,
  historyTimes,
  onlineLabel,
  onlineNow,
  onlineScale,
  percent,
  SEVERITY_SERIES,
  sumOf,
  tickLabel,
} from "./trend-series";

/** Devices that are not healthy, over time. */
export function HealthTrend({ history }: { history: FleetHistory }) {
  const { points } = history;
  const times = historyTimes(history);
  const latest = points.findLastIndex(({ healthy }) => healthy !== null);
  const scale = healthScale(points);
  return (
    <div className="flex flex-col gap-3">
      <ChartFigure title="Not healthy" description="active devices" aside={null}>
        {latest === -1 ? (
          <ChartNote>Nothing counted yet. The curve begins with the first hour.</ChartNote>
        ) : (
          <ChartPlot
            {...times}
            summary={`Devices that are not healthy, from ${times.timeLabel(0)} to ${times.timeLabel(points.length - 1)}; last ${healthLabel(points[latest])}`}
            name="Devices that are not healthy, over time"
            count={points.length}
            latest={latest}
            scale={scale}
            tickLabel={tickLabel}
            pointLabel={(index) => healthLabel(points[index])}
          >
            <StackedArea
              scale={scale}
              layers={HEALTH_SERIES.map((series) => ({ ...series, values: points.map((point) => point[series.key]) }))}
            />
          </ChartPlot>
        )}
      </ChartFigure>
      <ChartLegend series={HEALTH_SERIES} />
      <ChartTable
        caption="Devices by health over time"
        head={[SPAN_FACTS[history.span].step === "hour" ? "Hour" : "Day", "Critical", "Warning", "Unknown", "Healthy"]}
        rows={() =>
          points
            .map(({ at, critical, warning, unknown, healthy }, index) => ({
              key: String(at.getTime()),
              label: times.timeLabel(index),
              figures: [critical, warning, unknown, healthy],
            }))
            .reverse()
        }
      />
    </div>
  );
}

/** How much of the fleet is online, over time. */
export function OnlineTrend({ history }: { history: FleetHistory }) {
  const { points, span } = history;
  const times = historyTimes(history);
  const isHourly = SPAN_FACTS[span].step === "hour";
  return (
    <div className="flex flex-col gap-3">
      <LineChart
        {...times}
        title="Online"
        description="% of active devices"
        latestLabel={onlineNow(points)}
        values={points.map(({ online }) => online)}
        band={isHourly ? undefined : { lows: points.map(({ lowestOnline }) => lowestOnline), highs: points.map(({ online }) => online) }}
        scale={onlineScale(points)}
        tickLabel={(value) => `${value} %`}
        pointLabel={(index) => onlineLabel(points[index])}
      />
      <p className="text-sm text-ink-2">{isHourly ? "" : "Pale: the day's lowest hour. "}Gap: nobody counted.</p>
      <ChartTable
        caption="Share of devices online over time"
        head={isHourly ? ["Hour", "Online"] : ["Day", "Mean", "Lowest hour"]}
        rows={() =>
          points
            .map(({ at, online, lowestOnline }, index) => ({
              key: String(at.getTime()),
              label: times.timeLabel(index),
              figures: (isHourly ? [online] : [online, lowestOnline]).map((value) => (value === null ? null : percent(value))),
            }))
            .reverse()
        }
      />
    </div>
  );
}

/** Alerts raised and resolved each day. */
export function AlertTrend({ alerts }: { alerts: AlertsPerDay }) {
  const { days } = alerts;
  const times = dayTimes(alerts);
  const scale = alertScale(days);
  const raised = days.reduce((sum, day) => sum + sumOf(day.raised), 0);
  const resolved = days.reduce((sum, day) => sum + sumOf(day.resolved), 0);
  return (
    <div className="flex flex-col gap-3">
      <ChartFigure title="Alerts" description="raised each day" aside={`${raised.toLocaleString("en")} in all`}>
        <ChartPlot
          {...times}
          columns
          summary={`Alerts from ${times.timeLabel(0)} to ${times.timeLabel(days.length - 1)}: ${raised} raised, ${resolved} resolved; last day ${alertDayLabel(days.at(-1))}`}
          name="Alerts by day"
          count={days.length}
          latest={days.length - 1}
          scale={scale}
          tickLabel={tickLabel}
          pointLabel={(index) => alertDayLabel(days[index])}
        >
          <StackedBars
            series={SEVERITY_SERIES}
            scale={scale}
            columns={days.map((day) => ({ values: SEVERITY_SERIES.map(({ key }) => day.raised[key]), mark: sumOf(day.resolved) }))}
          />
        </ChartPlot>
      </ChartFigure>
      <ChartLegend series={SEVERITY_SERIES} mark="Resolved" />
      <ChartTable
        caption="Alerts by day"
        head={["Day", "Critical", "Warning", "Low", "Resolved"]}
        rows={() =>
          days
            .map((day, index) => ({
              key: day.day,
              label: times.timeLabel(index),
              figures: [...SEVERITY_SERIES.map(({ key }) => day.raised[key]), sumOf(day.resolved)],
            }))
            .reverse()
        }
      />
    </div>
  );
}
