import { cn } from "@/components/ui/cn";
import { TONE_FILL } from "@/components/ui/tone";
import { type ChartSeries, PATTERN_CLASS } from "./chart-series";

/** What the colours and patterns stand for. */
export function ChartLegend({
  series,
  mark,
}: {
  series: readonly ChartSeries[];
  /** What the small line over a column says. */ mark?: string;
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {series.map(({ label, tone, pattern }) => (
        <li key={label} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={cn("size-3 rounded-[3px]", TONE_FILL[tone], PATTERN_CLASS[pattern])} />
          {label}
        </li>
      ))}
      {mark ? (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3 bg-ink" />
          {mark}
        </li>
      ) : null}
    </ul>
  );
}
