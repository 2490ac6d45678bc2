"use client";

import { Progress as Base } from "@base-ui/react/progress";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONE_FILL } from "./tone";

interface ProgressProps {
  label: ReactNode;
  hideLabel?: boolean;
  /** 0–100; `null` while the amount is unknown. */
  value: number | null;
  /** Right of the label, e.g. "320 of 500 rows". Default is the percentage. */
  detail?: ReactNode;
  tone?: Tone;
  className?: string;
}

export function Progress({ label, hideLabel, value, detail, tone = "accent", className }: ProgressProps) {
  return (
    <Base.Root value={value} className={cn("flex w-full flex-col gap-1.5", className)}>
      <div className={cn("flex justify-between gap-3", hideLabel && "sr-only")}>
        <Base.Label className="font-medium">{label}</Base.Label>
        {detail ? <span className="tabular text-ink-2">{detail}</span> : <Base.Value className="tabular text-ink-2" />}
      </div>
      <Base.Track className="h-2 overflow-hidden rounded-full bg-line-2">
        <Base.Indicator
          className={cn("h-full rounded-full transition-[width] duration-300 data-indeterminate:w-1/3 data-indeterminate:animate-indeterminate", TONE_FILL[tone])}
        />
      </Base.Track>
    </Base.Root>
  );
}
