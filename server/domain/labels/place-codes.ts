import { QUIET_ZONE_MODULES } from "./code-size";
import type { LabelSpec } from "./label-spec";
import { MIN_CODE_MM, MIN_SNAPPED_CODE_MM } from "./vocabulary";

/** The dark square itself; its quiet zone is around it. */
export interface PlacedCode {
  xMm: number;
  yMm: number;
  sizeMm: number;
  moduleMm: number;
}

/** Room for words. */
export interface TextBox {
  xMm: number;
  yMm: number;
  widthMm: number;
  heightMm: number;
  isCentred: boolean;
}

/** Beside words a code need not be larger: phones read it from half a metre. */
const MAX_BESIDE_TEXT_MM = 26;
const MAX_ALONE_MM = 40;
/** Enough for an ID in the smallest size, in two lines. */
const MIN_TEXT_MM = 14;
const MIN_TEXT_BETWEEN_MM = 20;
/** What two codes should leave: an ID of eight characters in the smallest size. */
const TEXT_BETWEEN_MM = 23;
/** Under a code: an ID and one line of a name. */
const TEXT_BELOW_MM = 9;
/** Quiet zones of codes that stand side by side count once each. */
const EDGES = 2 * QUIET_ZONE_MODULES;

/** One code or two, as large as is sensible, and the room that is left for words. */
export function placeCodes(spec: LabelSpec, modules: number): { codes: PlacedCode[]; textBox: TextBox | null } {
  return spec.template === "code" ? alone(spec, modules) : (beside(spec, modules) ?? above(spec, modules));
}

/** The largest code between the insets and with its quiet zone on the label. */
function largestIn(roomMm: number, insetMm: number, modules: number): number {
  return Math.min(roomMm - 2 * insetMm, (roomMm * modules) / (modules + EDGES));
}

/** From the label's edge to the code. */
function marginOf(sizeMm: number, insetMm: number, modules: number): number {
  return Math.max(insetMm, (sizeMm / modules) * QUIET_ZONE_MODULES);
}

/** Whole dots on a thermal printer; upwards when it would get smaller than the smallest and the larger one fits. */
function snap(sizeMm: number, mostMm: number, modules: number, dotsPerMm: number | undefined): number {
  if (!dotsPerMm) return sizeMm;
  const dotMm = modules / dotsPerMm;
  const down = Math.max(1, Math.floor(sizeMm / dotMm + 1e-6));
  const most = Math.max(1, Math.floor(mostMm / dotMm + 1e-6));
  const isTooSmall = down * dotMm < Math.min(MIN_SNAPPED_CODE_MM, sizeMm);
  return (isTooSmall ? Math.min(down + 1, most) : down) * dotMm;
}

function smallest(dotsPerMm: number | undefined): number {
  return dotsPerMm ? MIN_SNAPPED_CODE_MM : MIN_CODE_MM;
}

/** Whole dots for its place as well. */
function placed(xMm: number, yMm: number, sizeMm: number, modules: number, dotsPerMm: number | undefined): PlacedCode {
  const at = (mm: number) => (dotsPerMm ? Math.round(mm * dotsPerMm) / dotsPerMm : mm);
  return { xMm: at(xMm), yMm: at(yMm), sizeMm, moduleMm: sizeMm / modules };
}

function alone({ widthMm, heightMm, insetXMm, insetYMm, secondCode, dotsPerMm }: LabelSpec, modules: number) {
  const tallest = Math.min(MAX_ALONE_MM, largestIn(heightMm, insetYMm, modules));
  const oneOf = (count: number) => {
    const most = Math.min(tallest, largestIn(widthMm / count, insetXMm, modules));
    return snap(most, most, modules, dotsPerMm);
  };
  const count = secondCode && oneOf(2) >= smallest(dotsPerMm) ? 2 : 1;
  const sizeMm = oneOf(count);
  const codes = Array.from({ length: count }, (_, index) =>
    placed((widthMm / count) * (index + 0.5) - sizeMm / 2, (heightMm - sizeMm) / 2, sizeMm, modules, dotsPerMm),
  );
  return { codes, textBox: null };
}

/** Codes at the left, or left and right; words in what remains. */
function beside({ widthMm, heightMm, insetXMm, insetYMm, secondCode, dotsPerMm }: LabelSpec, modules: number) {
  const tallest = largestIn(heightMm, insetYMm, modules);
  const share = 1 + EDGES / modules;
  const sizeFor = (count: number, textMm: number) => {
    const wide = (widthMm - textMm - (count === 1 ? insetXMm : 0)) / count / share;
    const wanted = Math.min(tallest, MAX_BESIDE_TEXT_MM, Math.max(wide, Math.min(MIN_CODE_MM, tallest)));
    return snap(wanted, tallest, modules, dotsPerMm);
  };
  const textWidth = (count: number, sizeMm: number) => {
    const columnMm = marginOf(sizeMm, insetXMm, modules) + sizeMm + (sizeMm / modules) * QUIET_ZONE_MODULES;
    return widthMm - count * columnMm - (count === 1 ? insetXMm : 0);
  };
  const two = sizeFor(2, TEXT_BETWEEN_MM);
  const hasTwo = secondCode && two >= smallest(dotsPerMm) && textWidth(2, two) >= MIN_TEXT_BETWEEN_MM;
  const count = hasTwo ? 2 : 1;
  const sizeMm = hasTwo ? two : sizeFor(1, Math.max(MIN_TEXT_MM, widthMm * 0.45));
  const textMm = textWidth(count, sizeMm);
  if (textMm < MIN_TEXT_MM) return undefined;
  const margin = marginOf(sizeMm, insetXMm, modules);
  const y = (heightMm - sizeMm) / 2;
  const codes = [placed(margin, y, sizeMm, modules, dotsPerMm)];
  if (hasTwo) codes.push(placed(widthMm - margin - sizeMm, y, sizeMm, modules, dotsPerMm));
  const xMm = margin + sizeMm + (sizeMm / modules) * QUIET_ZONE_MODULES;
  const textBox = { xMm, yMm: insetYMm, widthMm: textMm, heightMm: heightMm - 2 * insetYMm, isCentred: hasTwo };
  return { codes, textBox };
}

/** One code above, words below: for labels that are about as wide as high. */
function above({ widthMm, heightMm, insetXMm, insetYMm, dotsPerMm }: LabelSpec, modules: number) {
  const widest = largestIn(widthMm, insetXMm, modules);
  const tallest = largestIn(heightMm, insetYMm, modules);
  const high = (heightMm - insetYMm - TEXT_BELOW_MM) / (1 + EDGES / modules);
  const most = Math.min(widest, tallest);
  const sizeMm = snap(Math.min(widest, MAX_ALONE_MM, Math.max(high, Math.min(MIN_CODE_MM, tallest))), most, modules, dotsPerMm);
  const top = marginOf(sizeMm, insetYMm, modules);
  const yMm = top + sizeMm + (sizeMm / modules) * QUIET_ZONE_MODULES;
  const codes = [placed((widthMm - sizeMm) / 2, top, sizeMm, modules, dotsPerMm)];
  const textBox = {
    xMm: insetXMm,
    yMm,
    widthMm: widthMm - 2 * insetXMm,
    heightMm: Math.max(0, heightMm - insetYMm - yMm),
    isCentred: true,
  };
  return { codes, textBox };
}
