import { cn } from "@/components/ui/cn";
import { type Tone, TONE_FILL } from "@/components/ui/tone";

export interface BarSegment {
  label: string;
  value: number;
  /** Leave out for "the rest", drawn as empty track. */
  tone?: Tone;
}

interface SegmentedBarProps {
  /** What is divided: "Devices by health". The shares are said after it. */
  label: string;
  segments: readonly BarSegment[];
  /** Words and numbers under the bar. */
  legend?: boolean;
  className?: string;
}

/** Shares of a whole. A share above zero always stays visible. */
export function SegmentedBar({ label, segments, legend, className }: SegmentedBarProps) {
  const present = segments.filter((segment) => segment.value > 0);
  const spoken = present.length > 0 ? present.map(({ label: name, value }) => `${value} ${name.toLowerCase()}`).join(", ") : "none";
  return (
    <span className={cn("block", className)}>
      <span role="img" aria-label={`${label}: ${spoken}`} className="flex h-2 w-full gap-0.5 overflow-hidden rounded-full">
        {present.length === 0 ? <span className="flex-1 bg-line-2" /> : null}
        {present.map((segment) => (
          <span
            key={segment.label}
            title={`${segment.label}: ${segment.value}`}
            style={{ flexGrow: segment.value }}
            className={cn("min-w-1 basis-0", segment.tone ? TONE_FILL[segment.tone] : "bg-line-2")}
          />
        ))}
      </span>
      {legend ? (
        <span aria-hidden className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
          {segments.map((segment) => (
            <span key={segment.label} className="inline-flex items-center gap-1.5">
              <span className={cn("size-2 rounded-full", segment.tone ? TONE_FILL[segment.tone] : "bg-line-2")} />
              {segment.label}
              <span className="font-medium text-ink tabular">{segment.value}</span>
            </span>
          ))}
        </span>
      ) : null}
    </span>
  );
}
