"use client";

import { type Tone, TONE_TEXT } from "@/components/ui/tone";
import { ChartFigure, ChartNote } from "./chart-figure";
import { bandPath, dotPath, heightOf, linePath, type Scale } from "./chart-geometry";
import { ChartPlot } from "./chart-plot";

export interface Threshold {
  value: number;
  /** "Low battery": its name for eyes that know the line, and for ears. */
  label: string;
  tone: Extract<Tone, "warning" | "critical">;
}

export interface LineChartProps {
  title: string;
  /** What the line says: "percent, lowest to last". */
  description: string;
  /** `null` = nothing known: a gap. */
  values: readonly (number | null)[];
  /** A pale band around the line. */
  band?: { lows: readonly (number | null)[]; highs: readonly (number | null)[] };
  /** Points with something to mark at the foot: restarts. */
  marks?: readonly boolean[];
  scale: Scale;
  thresholds?: readonly Threshold[];
  tickLabel: (value: number) => string;
  /** When a point was, in words. */
  timeLabel: (index: number) => string;
  /** Under the plot, spread over its width. */
  timeTicks: readonly string[];
  /** What a point says, in words; shown on hover and read out on the keyboard. */
  pointLabel: (index: number) => string;
  /** Beside the title, where what the last point says is too long for it. */
  latestLabel?: string;
}

/**
 * A line over time, drawn as SVG without any library: it scales with its box, takes the theme's colours, prints, and
 * needs no script to be seen. Arrow keys walk along it.
 */
export function LineChart(props: LineChartProps) {
  const { title, description, values, thresholds = [], pointLabel, timeLabel, latestLabel } = props;
  const latest = values.findLastIndex((value) => value !== null);
  const lines = thresholds.map(({ label }) => `, line: ${label}`).join("");
  return (
    <ChartFigure title={title} description={description} aside={latest === -1 ? null : (latestLabel ?? pointLabel(latest))}>
      {latest === -1 ? (
        <ChartNote>Not reported in this time</ChartNote>
      ) : (
        <ChartPlot
          {...props}
          summary={`${title} from ${timeLabel(0)} to ${timeLabel(values.length - 1)}; last ${pointLabel(latest)}${lines}`}
          name={`${title} over time${lines}`}
          count={values.length}
          latest={latest}
        >
          <Drawing {...props} />
        </ChartPlot>
      )}
    </ChartFigure>
  );
}

function Drawing({ values, band, marks, scale, thresholds = [] }: LineChartProps) {
  const last = values.length - 1;
  return (
    <svg viewBox={`0 0 ${last} 100`} preserveAspectRatio="none" aria-hidden className="absolute inset-0 size-full overflow-visible">
      {thresholds
        .filter(({ value }) => value > scale.min && value < scale.max)
        .map(({ value, label, tone }) => (
          <path
            key={label}
            d={`M0 ${heightOf(value, scale)}H${last}`}
            vectorEffect="non-scaling-stroke"
            stroke="currentColor"
            strokeDasharray="5 4"
            className={TONE_TEXT[tone]}
          />
        ))}
      {band ? <path d={bandPath(band.lows, band.highs, scale)} className="fill-accent/15" /> : null}
      <path
        d={linePath(values, scale)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-accent stroke-2"
      />
      <path d={dotPath(values, scale)} vectorEffect="non-scaling-stroke" strokeLinecap="round" className="stroke-accent stroke-[5px]" />
      {marks?.map((marked, index) =>
        marked ? (
          <path key={index} d={`M${index} 100V90`} vectorEffect="non-scaling-stroke" className="stroke-warning stroke-[3px]" />
        ) : null,
      )}
    </svg>
  );
}
