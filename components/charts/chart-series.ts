import type { Tone } from "@/components/ui/tone";

/** One part of a stack. Its pattern tells it from the others where its colour does not. */
export interface ChartSeries {
  label: string;
  tone: Tone;
  pattern: "solid" | "hatch" | "dots";
}

export const PATTERN_CLASS = { solid: "", hatch: "pattern-hatch", dots: "pattern-dots" } satisfies Record<ChartSeries["pattern"], string>;
