"use client";

import { type PointerEvent, type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { type Tone, TONE_TEXT } from "@/components/ui/tone";
import { bandPath, dotPath, heightOf, linePath, type Scale } from "./chart-geometry";

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
}

/**
 * A line over time, drawn as SVG without any library: it scales with its box, takes the theme's colours, prints, and
 * needs no script to be seen. Arrow keys walk along it.
 */
export function LineChart(props: LineChartProps) {
  const { title, description, values, timeTicks } = props;
  const id = useId();
  const latest = values.findLastIndex((value) => value !== null);
  return (
    <figure aria-labelledby={`${id}-title`} className="flex min-w-0 flex-col gap-3">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span>
          <span id={`${id}-title`} className="font-medium">
            {title}
          </span>{" "}
          <span className="text-sm text-ink-3">{description}</span>
        </span>
        {latest === -1 ? null : <span className="shrink-0 text-sm font-medium tabular">{props.pointLabel(latest)}</span>}
      </figcaption>
      {latest === -1 ? (
        <p className="grid h-36 place-items-center rounded-control bg-sunken text-sm text-ink-2">Not reported in this time</p>
      ) : (
        <div className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-2 gap-y-1">
          <ValueAxis {...props} />
          <Plot {...props} latest={latest} />
          <div aria-hidden className="col-start-2 flex justify-between text-xs text-ink-3 tabular">
            {timeTicks.map((tick, index) => (
              <span key={index}>{tick}</span>
            ))}
          </div>
        </div>
      )}
    </figure>
  );
}

function ValueAxis({ scale, tickLabel }: LineChartProps) {
  return (
    <div aria-hidden className="relative h-36 text-right text-xs text-ink-3 tabular">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ top: `${heightOf(tick, scale)}%` }} className="absolute right-0 -translate-y-1/2 whitespace-nowrap">
          {tickLabel(tick)}
        </span>
      ))}
    </div>
  );
}

function Plot({ title, values, band, marks, scale, thresholds = [], timeLabel, pointLabel, latest }: LineChartProps & { latest: number }) {
  const [hovered, setHovered] = useState<number>();
  const [walked, setWalked] = useState<number>();
  const last = values.length - 1;
  const shown = hovered ?? walked;
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHovered(Math.round(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * last));
  };
  const chosen = walked ?? latest;
  return (
    <div
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setHovered(undefined)}
      className="relative h-36 touch-pan-y rounded-inner outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-accent"
    >
      <svg viewBox={`0 0 ${last} 100`} preserveAspectRatio="none" aria-hidden className="absolute inset-0 size-full overflow-visible">
        {scale.ticks.map((tick) => (
          <Line key={tick} at={heightOf(tick, scale)} last={last} className="stroke-line" />
        ))}
        {thresholds
          .filter(({ value }) => value > scale.min && value < scale.max)
          .map(({ value, label, tone }) => (
            <Line key={label} at={heightOf(value, scale)} last={last} className={TONE_TEXT[tone]} dashed />
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
        {shown === undefined ? null : <path d={`M${shown} 0V100`} vectorEffect="non-scaling-stroke" className="stroke-line-3" />}
      </svg>
      {shown === undefined ? null : (
        <Tip share={last === 0 ? 0 : shown / last}>
          <span className="block text-ink-3">{timeLabel(shown)}</span>
          {pointLabel(shown)}
        </Tip>
      )}
      <input
        type="range"
        min={0}
        max={last}
        value={chosen}
        onChange={(event) => setWalked(Number(event.target.value))}
        onFocus={() => setWalked(latest)}
        onBlur={() => setWalked(undefined)}
        aria-label={`${title} over time${thresholds.map(({ label }) => `, line: ${label}`).join("")}`}
        aria-valuetext={`${timeLabel(chosen)}: ${pointLabel(chosen)}`}
        className="pointer-events-none absolute inset-0 size-full opacity-0"
      />
    </div>
  );
}

function Line({ at, last, className, dashed = false }: { at: number; last: number; className: string; dashed?: boolean }) {
  return (
    <path
      d={`M0 ${at}H${last}`}
      vectorEffect="non-scaling-stroke"
      stroke={dashed ? "currentColor" : undefined}
      strokeDasharray={dashed ? "5 4" : undefined}
      className={className}
    />
  );
}

function Tip({ share, children }: { share: number; children: ReactNode }) {
  return (
    <p
      aria-hidden
      style={share > 0.5 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }}
      className={cn(
        "pointer-events-none absolute top-1 z-1 rounded-inner border bg-panel px-2 py-1 text-sm whitespace-nowrap tabular shadow-float",
        share > 0.5 ? "mr-2" : "ml-2",
      )}
    >
      {children}
    </p>
  );
}
