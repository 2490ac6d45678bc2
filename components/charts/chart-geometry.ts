/** A value axis with round ends and round ticks between them. */
export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

/** Round steps people read without thinking. */
const STEPS = [1, 2, 5, 10];

/** An axis that holds all values, with three to six ticks at round numbers. */
export function niceScale(low: number, high: number, smallestStep = 1): Scale {
  const rough = Math.max((high - low) / 4, smallestStep);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough - 1e-9) ?? 10) * power;
  const min = Math.floor(low / step) * step;
  const max = Math.max(Math.ceil(high / step) * step, min + step);
  const ticks = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => min + index * step);
  return { min, max, ticks };
}

/** Runs of neighbouring points that have a value, as [first, last] indexes. Between them are the gaps. */
export function runsOf(values: readonly (number | null)[]): [number, number][] {
  const runs: [number, number][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const run = runs.at(-1);
    if (run && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}

/** Height of a value in a plot of 100 units, 0 at the top. */
export function heightOf(value: number, { min, max }: Scale): number {
  return Math.round((100 - ((value - min) / (max - min)) * 100) * 100) / 100;
}

/** SVG path of a line that breaks at gaps. Points alone between two gaps are no line: {@link dotPath}. */
export function linePath(values: readonly (number | null)[], scale: Scale): string {
  return runsOf(values)
    .filter(([first, last]) => last > first)
    .map(([first, last]) => {
      const points = values.slice(first, last + 1).map((value, offset) => `${first + offset} ${heightOf(value ?? 0, scale)}`);
      return `M${points.join("L")}`;
    })
    .join("");
}

/** SVG path of the lone points: strokes without length, which round line ends make dots. */
export function dotPath(values: readonly (number | null)[], scale: Scale): string {
  return runsOf(values)
    .filter(([first, last]) => last === first)
    .map(([first]) => `M${first} ${heightOf(values[first] ?? 0, scale)}h0`)
    .join("");
}

/** SVG path of the area between two lines, broken at gaps as they are. */
export function bandPath(lows: readonly (number | null)[], highs: readonly (number | null)[], scale: Scale): string {
  const known = lows.map((low, index) => (low === null || highs[index] === null ? null : low));
  return runsOf(known)
    .filter(([first, last]) => last > first)
    .map(([first, last]) => {
      const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      const upper = indexes.map((index) => `${index} ${heightOf(highs[index] ?? 0, scale)}`);
      const lower = indexes.reverse().map((index) => `${index} ${heightOf(lows[index] ?? 0, scale)}`);
      return `M${[...upper, ...lower].join("L")}Z`;
    })
    .join("");
}

/** Where a point stands over the plot's width, 0 … 1: at the edges of a line, in the middle of its column for bars. */
export function shareOf(index: number, count: number, columns: boolean): number {
  if (columns) return (index + 0.5) / count;
  return count < 2 ? 0 : index / (count - 1);
}

/** The point nearest to a place over the plot's width. */
export function nearestTo(share: number, count: number, columns: boolean): number {
  const inside = Math.min(1, Math.max(0, share));
  return columns ? Math.min(count - 1, Math.floor(inside * count)) : Math.round(inside * (count - 1));
}

/** Layers on top of each other: of each the lower and the upper edge, broken where one of them is unknown. */
export function stackUp(layers: readonly (readonly (number | null)[])[]): { lows: (number | null)[]; highs: (number | null)[] }[] {
  const count = layers[0]?.length ?? 0;
  const isKnown = Array.from({ length: count }, (_, index) => layers.every((layer) => layer[index] !== null));
  const sums = Array.from({ length: count }, () => 0);
  return layers.map((layer) => {
    const lows = sums.map((sum, index) => (isKnown[index] ? sum : null));
    layer.forEach((value, index) => (sums[index] = (sums[index] ?? 0) + (value ?? 0)));
    return { lows, highs: sums.map((sum, index) => (isKnown[index] ? sum : null)) };
  });
}

/** CSS polygons of the area between two lines over a box, one a run between gaps. A lone point is as wide as half a step. */
export function areaPolygons(lows: readonly (number | null)[], highs: readonly (number | null)[], scale: Scale): string[] {
  const last = Math.max(1, lows.length - 1);
  const corner = (index: number, value: number | null) => `${round((index / last) * 100)}% ${heightOf(value ?? 0, scale)}%`;
  return runsOf(lows).map(([first, end]) => {
    const indexes = Array.from({ length: end - first + 1 }, (_, offset) => first + offset);
    const [from, to] = first === end ? [first - 0.25, first + 0.25] : [first, end];
    const at = (index: number) => (first === end ? [from, to] : [index]);
    const upper = indexes.flatMap((index) => at(index).map((x) => corner(x, highs[index] ?? 0)));
    const lower = indexes.toReversed().flatMap((index) =>
      at(index)
        .toReversed()
        .map((x) => corner(x, lows[index] ?? 0)),
    );
    return `polygon(${[...upper, ...lower].join(", ")})`;
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
