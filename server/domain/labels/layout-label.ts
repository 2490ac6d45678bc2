import { placeCodes, type PlacedCode, type TextBox } from "./place-codes";
import { largestFit, MM_PER_PT, wrapText, type MeasureText, type TextFit, type TextWeight } from "./fit-text";
import type { LabelSpec } from "./label-spec";
import { MIN_ID_PT, MIN_TEXT_PT } from "./vocabulary";

/** What one label says. */
export interface LabelContent {
  deviceId: string;
  /** Of the device, or of its type while it has none. */
  name: string;
  farm: string;
  /** Modules along one side of its code. */
  modules: number;
}

export interface PlacedText {
  text: string;
  role: "id" | "name" | "farm";
  xMm: number;
  /** Of the line on which the letters stand. */
  baselineMm: number;
  sizePt: number;
  weight: TextWeight;
  /** Centred at `xMm` instead of beginning there. */
  isCentred: boolean;
}

/** Millimetres from the label's upper left corner. */
export interface LabelLayout {
  codes: PlacedCode[];
  texts: PlacedText[];
  /** Half as wide as high. */
  logo: { xMm: number; yMm: number; heightMm: number } | null;
  /** What the template asks for and the label has no room for. */
  dropped: PlacedText["role"][];
  /** The name ends in an ellipsis. */
  isNameCut: boolean;
}

const MAX_ID_PT = 32;
const MAX_NAME_PT = 14;
const FARM_PT = MIN_TEXT_PT;
const LOGO_GAP_MM = 1;
/** Of the letters' size: digits and capitals have no depth; names in Bengali have much. */
const LINE = { id: { height: 1, baseline: 0.84 }, text: { height: 1.32, baseline: 0.98 } } as const;

interface Line extends Omit<PlacedText, "xMm" | "baselineMm" | "isCentred"> {
  heightMm: number;
  baseMm: number;
}

/**
 * Where everything stands on a label. The code comes first, then the ID, the name, the farm: what finds no room at its
 * smallest size is left out, never made smaller. Pure, for paper, PDF, printer and screen alike.
 */
export function layoutLabel(spec: LabelSpec, content: LabelContent, measure: MeasureText): LabelLayout {
  const { codes, textBox } = placeCodes(spec, content.modules);
  if (!textBox) return { codes, texts: [], logo: null, dropped: [], isNameCut: false };
  const box = (weight: TextWeight) => ({ widthMm: textBox.widthMm, measure, weight });

  const lines = idLines(content.deviceId, textBox, box("bold"));
  let leftMm = textBox.heightMm - heightOf(lines);
  if (leftMm < -1e-6) return { codes, texts: [], logo: null, dropped: wanted(spec), isNameCut: false };
  const farmMm = LINE.text.height * FARM_PT * MM_PER_PT;
  const hasFarm = spec.template === "full" && leftMm >= 2 * farmMm;
  if (hasFarm) leftMm -= farmMm;
  const name = nameLines(content.name, leftMm, box("regular"));
  if (name) lines.push(...name.lines);
  const logoMm = farmMm / 2 + LOGO_GAP_MM;
  if (hasFarm) lines.push(farmLine(content.farm, textBox.widthMm - logoMm, measure));
  const dropped = wanted(spec).filter((role) => !lines.some((line) => line.role === role));
  return { codes, ...stack(lines, textBox, logoMm, measure), dropped, isNameCut: name?.isCut ?? false };
}

function wanted({ template }: LabelSpec): PlacedText["role"][] {
  return template === "full" ? ["id", "name", "farm"] : ["id", "name"];
}

function idLines(deviceId: string, textBox: TextBox, box: TextFit): Line[] {
  const make = (text: string, sizePt: number): Line => ({
    text,
    role: "id",
    weight: "bold",
    sizePt,
    heightMm: LINE.id.height * sizePt * MM_PER_PT,
    baseMm: LINE.id.baseline * sizePt * MM_PER_PT,
  });
  // Not all of the height: the name wants its line.
  const roomPt = (textBox.heightMm * 0.5) / MM_PER_PT;
  const whole = largestFit(deviceId, { minPt: MIN_ID_PT, maxPt: Math.min(MAX_ID_PT, Math.max(MIN_ID_PT, roomPt)) }, box);
  if (whole) return [make(deviceId, whole)];
  const [prefix, number] = [deviceId.slice(0, 2), deviceId.slice(2)];
  const small = { minPt: MIN_TEXT_PT, maxPt: MIN_ID_PT };
  const split = largestFit(number, small, box);
  if (split && textBox.heightMm >= 2 * LINE.id.height * split * MM_PER_PT) return [make(prefix, split), make(number, split)];
  return [make(deviceId, largestFit(deviceId, small, box) ?? MIN_TEXT_PT)];
}

/** As large as it stands in one line, else in several of the smallest size. */
function nameLines(name: string, roomMm: number, box: TextFit): { lines: Line[]; isCut: boolean } | undefined {
  const lineMm = (sizePt: number) => LINE.text.height * sizePt * MM_PER_PT;
  const maxLines = Math.floor(roomMm / lineMm(MIN_TEXT_PT) + 1e-6);
  if (maxLines < 1) return undefined;
  const maxPt = Math.min(MAX_NAME_PT, Math.floor((roomMm / lineMm(1)) * 2) / 2);
  const onePt = largestFit(name, { minPt: MIN_TEXT_PT, maxPt }, box);
  const { lines, isCut } = onePt ? { lines: [name], isCut: false } : wrapText(name, MIN_TEXT_PT, Math.min(maxLines, 4), box);
  return { lines: lines.map((text) => textLine(text, "name", onePt ?? MIN_TEXT_PT)), isCut };
}

function farmLine(farm: string, widthMm: number, measure: MeasureText): Line {
  const { lines } = wrapText(farm, FARM_PT, 1, { widthMm, measure, weight: "regular" });
  return textLine(lines[0] ?? "", "farm", FARM_PT);
}

function textLine(text: string, role: "name" | "farm", sizePt: number): Line {
  return {
    text,
    role,
    weight: "regular",
    sizePt,
    heightMm: LINE.text.height * sizePt * MM_PER_PT,
    baseMm: LINE.text.baseline * sizePt * MM_PER_PT,
  };
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.heightMm, 0);
}

/** Lines below each other, in the middle of their box; the logo stands before the farm. */
function stack(lines: readonly Line[], box: TextBox, logoMm: number, measure: MeasureText): Pick<LabelLayout, "texts" | "logo"> {
  let y = box.yMm + Math.max(0, (box.heightMm - heightOf(lines)) / 2);
  let logo: LabelLayout["logo"] = null;
  const texts = lines.map(({ heightMm, baseMm, ...line }): PlacedText => {
    const top = y;
    y += heightMm;
    const middleMm = box.xMm + box.widthMm / 2;
    const place = { ...line, baselineMm: top + baseMm };
    if (line.role !== "farm") return { ...place, xMm: box.isCentred ? middleMm : box.xMm, isCentred: box.isCentred };
    const widthMm = logoMm + measure(line.text, line.weight) * line.sizePt * MM_PER_PT;
    const xMm = box.isCentred ? middleMm - widthMm / 2 : box.xMm;
    logo = { xMm, yMm: top, heightMm };
    return { ...place, xMm: xMm + logoMm, isCentred: false };
  });
  return { texts, logo };
}
