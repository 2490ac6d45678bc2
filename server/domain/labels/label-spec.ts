import type { LabelStock } from "./stock";
import type { LabelTemplate, PrinterDpi } from "./vocabulary";

export interface LabelSpec {
  widthMm: number;
  heightMm: number;
  /** Kept free at the sides: where a sheet's label touches the page's edge no printer prints. */
  insetXMm: number;
  insetYMm: number;
  template: LabelTemplate;
  secondCode: boolean;
  /** Of a thermal printer, whose modules must be whole dots; left out for paper. */
  dotsPerMm?: number;
}

/** Millimetres from a label's edge to what is printed. */
const INSET_MM = 1.5;
/** Millimetres at the edge of the paper that office printers leave white. */
const UNPRINTED_MM = 4.3;

interface SpecChoices {
  template: LabelTemplate;
  secondCode: boolean;
  dpi: PrinterDpi;
}

/** How labels of a stock are laid out. All labels of a sheet alike, also those that do not touch the page's edge. */
export function labelSpec(stock: LabelStock, { template, secondCode, dpi }: SpecChoices): LabelSpec {
  const { widthMm, heightMm } = stock;
  const size = { widthMm, heightMm, template, secondCode };
  if (stock.kind === "roll") return { ...size, insetXMm: INSET_MM, insetYMm: INSET_MM, dotsPerMm: dotsPerMm(dpi) };
  const inset = (edgeMm: number) => Math.max(INSET_MM, UNPRINTED_MM - edgeMm);
  return { ...size, insetXMm: inset(stock.leftMm), insetYMm: inset(stock.topMm) };
}

/** Printers of 203 dpi have 8 dots a millimetre, those of 300 and 600 dpi 11.8 and 23.6: exact, so that nothing drifts. */
export function dotsPerMm(dpi: PrinterDpi): number {
  return dpi === 203 ? 8 : dpi / 25.4;
}
