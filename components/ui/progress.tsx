import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { type Tone, TONE_FILL } from "./tone";

interface ProgressProps {
  label: ReactNode;
  hideLabel?: boolean;
  /** 0–100; `null` while the amount is unknown. */
  value: number | null;
  /** Right of the label, e.g. "320 of 500 rows". Default is the percentage. */
  detail?: string;
  tone?: Tone;
  className?: string;
}

export function Progress({ label, hideLabel, value, detail, tone = "accent", className }: ProgressProps) {
  const id = useId();
  const percent = value === null ? null : Math.round(Math.min(100, Math.max(0, value)));
  const shown = detail ?? (percent === null ? null : `${percent} %`);
  return (
    <div className={cn("flex w-full flex-col gap-1.5", className)}>
      <div className={cn("flex justify-between gap-3", hideLabel && "sr-only")}>
        <span id={id} className="font-medium">
          {label}
        </span>
        {shown ? <span className="text-ink-2 tabular">{shown}</span> : null}
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={detail}
        className="h-2 overflow-hidden rounded-full bg-line-2"
      >
        <div
          style={percent === null ? undefined : { width: `${percent}%` }}
          className={cn(
            "h-full rounded-full",
            percent === null ? "w-1/3 animate-indeterminate" : "transition-[width] duration-300",
            TONE_FILL[tone],
          )}
        />
      </div>
    </div>
  );
}
