import { cn } from "@/components/ui/cn";
import { TONE_FILL } from "@/components/ui/tone";
import { areaPolygons, type Scale, stackUp } from "./chart-geometry";
import { type ChartSeries, PATTERN_CLASS } from "./chart-series";

interface StackedAreaProps {
  /** From the bottom up; `null` = nothing known: a gap. */
  layers: readonly (ChartSeries & { values: readonly (number | null)[] })[];
  scale: Scale;
}

/** Amounts on top of each other over time. Boxes cut to shape, since patterns in a stretched SVG are stretched too. */
export function StackedArea({ layers, scale }: StackedAreaProps) {
  const edges = stackUp(layers.map(({ values }) => values));
  return layers.map(({ label, tone, pattern }, index) =>
    areaPolygons(edges[index]?.lows ?? [], edges[index]?.highs ?? [], scale).map((clipPath) => (
      <span key={`${label} ${clipPath}`} style={{ clipPath }} className={cn("absolute inset-0", TONE_FILL[tone], PATTERN_CLASS[pattern])} />
    )),
  );
}
