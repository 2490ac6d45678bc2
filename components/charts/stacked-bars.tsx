import { cn } from "@/components/ui/cn";
import { TONE_FILL } from "@/components/ui/tone";
import { heightOf, type Scale } from "./chart-geometry";
import { type ChartSeries, PATTERN_CLASS } from "./chart-series";

interface StackedBarsProps {
  /** From the bottom up. */
  series: readonly ChartSeries[];
  columns: readonly {
    values: readonly number[];
    /** A small line across the column. */
    mark: number;
  }[];
  scale: Scale;
}

/** One column a day, its parts on top of each other. */
export function StackedBars({ series, columns, scale }: StackedBarsProps) {
  return (
    <span className="absolute inset-0 flex">
      {columns.map(({ values, mark }, index) => (
        <span key={index} className="relative min-w-0 flex-1">
          <span className="absolute inset-x-[12%] inset-y-0 flex flex-col-reverse">
            {series.map(({ label, tone, pattern }, part) => (
              <span
                key={label}
                style={{ height: `${100 - heightOf(values[part] ?? 0, scale)}%` }}
                className={cn("shrink-0", TONE_FILL[tone], PATTERN_CLASS[pattern])}
              />
            ))}
          </span>
          {mark > 0 ? (
            <span style={{ top: `${heightOf(mark, scale)}%` }} className="absolute inset-x-0 h-0.5 -translate-y-1/2 bg-ink" />
          ) : null}
        </span>
      ))}
    </span>
  );
}
