"use client";

import { type PointerEvent, type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { heightOf, nearestTo, type Scale, shareOf } from "./chart-geometry";

export interface ChartPlotProps {
  /** The whole picture in a sentence, for those who do not see it. */
  summary: string;
  /** What arrow keys walk along: "Alerts by day". */
  name: string;
  count: number;
  /** Where the keyboard begins. */
  latest: number;
  /** Points are columns, not places on a line. */
  columns?: boolean;
  scale: Scale;
  tickLabel: (value: number) => string;
  /** When a point was, in words. */
  timeLabel: (index: number) => string;
  /** Under the plot, spread over its width. */
  timeTicks: readonly string[];
  /** What a point says, in words; shown on hover and read out on the keyboard. */
  pointLabel: (index: number) => string;
  /** What is drawn, over a box that fills the plot. */
  children: ReactNode;
}

/** Axes around a picture, and a pointer or arrow keys that walk along it. */
export function ChartPlot(props: ChartPlotProps) {
  const { summary, name, count, latest, columns = false, scale, tickLabel, timeLabel, timeTicks, pointLabel, children } = props;
  const [hovered, setHovered] = useState<number>();
  const [walked, setWalked] = useState<number>();
  const shown = hovered ?? walked;
  const chosen = walked ?? latest;
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHovered(nearestTo((event.clientX - box.left) / box.width, count, columns));
  };
  return (
    <div className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-2 gap-y-1">
      <div aria-hidden className="relative h-36 text-right text-xs text-ink-3 tabular">
        {scale.ticks.map((tick) => (
          <span key={tick} style={{ top: `${heightOf(tick, scale)}%` }} className="absolute right-0 -translate-y-1/2 whitespace-nowrap">
            {tickLabel(tick)}
          </span>
        ))}
      </div>
      <div
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setHovered(undefined)}
        className="relative h-36 touch-pan-y rounded-inner outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <div role="img" aria-label={summary} className="absolute inset-0">
          {scale.ticks.map((tick) => (
            <span key={tick} style={{ top: `${heightOf(tick, scale)}%` }} className="absolute inset-x-0 border-t" />
          ))}
          {children}
        </div>
        {shown === undefined ? null : (
          <Tip share={shareOf(shown, count, columns)}>
            <span className="block text-ink-3">{timeLabel(shown)}</span>
            {pointLabel(shown)}
          </Tip>
        )}
        <input
          type="range"
          min={0}
          max={count - 1}
          value={chosen}
          onChange={(event) => setWalked(Number(event.target.value))}
          onFocus={() => setWalked(latest)}
          onBlur={() => setWalked(undefined)}
          aria-label={name}
          aria-valuetext={`${timeLabel(chosen)}: ${pointLabel(chosen)}`}
          className="pointer-events-none absolute inset-0 size-full opacity-0"
        />
      </div>
      <div aria-hidden className="col-start-2 flex justify-between text-xs text-ink-3 tabular">
        {timeTicks.map((tick, index) => (
          <span key={index}>{tick}</span>
        ))}
      </div>
    </div>
  );
}

function Tip({ share, children }: { share: number; children: ReactNode }) {
  const isRight = share > 0.5;
  return (
    <>
      <span aria-hidden style={{ left: `${share * 100}%` }} className="pointer-events-none absolute inset-y-0 border-l border-line-3" />
      <p
        aria-hidden
        style={isRight ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }}
        className={cn(
          "pointer-events-none absolute top-1 z-1 rounded-inner border bg-panel px-2 py-1 text-sm whitespace-nowrap tabular shadow-float",
          isRight ? "mr-2" : "ml-2",
        )}
      >
        {children}
      </p>
    </>
  );
}
