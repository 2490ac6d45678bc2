export type TextWeight = "regular" | "bold";

/** Width of a text set in one line, as a multiple of its size. */
export type MeasureText = (text: string, weight: TextWeight) => number;

export const MM_PER_PT = 25.4 / 72;

/** What a line is fitted into. */
export interface TextFit {
  widthMm: number;
  measure: MeasureText;
  weight: TextWeight;
}

/** Whether a text fits into a width at a size in points. */
export function fits(text: string, sizePt: number, { widthMm, measure, weight }: TextFit): boolean {
  return measure(text, weight) * sizePt * MM_PER_PT <= widthMm + 1e-6;
}

/** The largest size in points, half by half, at which a text fits into one line; `undefined` when none does. */
export function largestFit(text: string, { minPt, maxPt }: { minPt: number; maxPt: number }, box: TextFit): number | undefined {
  const wanted = box.widthMm / (box.measure(text, box.weight) * MM_PER_PT);
  const sizePt = Math.min(maxPt, Math.floor(wanted * 2 + 1e-6) / 2);
  return sizePt >= minPt ? sizePt : undefined;
}

const ELLIPSIS = "…";
// What people see as one letter: a Bengali conjunct must not be torn apart.
const LETTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const lettersOf = (text: string) => [...LETTERS.segment(text)].map(({ segment }) => segment);

/** A text broken into at most so many lines; what is left over ends in an ellipsis. */
export function wrapText(text: string, sizePt: number, maxLines: number, box: TextFit): { lines: string[]; isCut: boolean } {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== "" && lines.length < maxLines) {
    const isLast = lines.length === maxLines - 1;
    const line = isLast ? cutToFit(rest, sizePt, box) : firstLine(rest, sizePt, box);
    lines.push(line);
    if (isLast) return { lines, isCut: line !== rest };
    rest = rest.slice(line.length).trimStart();
  }
  return { lines, isCut: false };
}

function firstLine(text: string, sizePt: number, box: TextFit): string {
  if (fits(text, sizePt, box)) return text;
  const words = text.split(/(?<=[\s-])/);
  let line = "";
  for (const word of words) {
    if (!fits((line + word).trimEnd(), sizePt, box)) break;
    line += word;
  }
  // A word that is too long for a line of its own is broken between letters.
  return line === "" ? longestStart(text, sizePt, box, "") : line.trimEnd();
}

function cutToFit(text: string, sizePt: number, box: TextFit): string {
  return fits(text, sizePt, box) ? text : longestStart(text, sizePt, box, ELLIPSIS).trimEnd();
}

function longestStart(text: string, sizePt: number, box: TextFit, ending: string): string {
  const letters = lettersOf(text);
  let [low, high] = [1, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(letters.slice(0, middle).join("").trimEnd() + ending, sizePt, box)) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("").trimEnd() + ending;
}
