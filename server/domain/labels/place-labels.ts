import { PAGES, type LabelStock } from "./stock";

interface Placing {
  stock: LabelStock;
  /** Labels to print. */
  count: number;
  /** First label of the first sheet that is still there, from 1. */
  startAt: number;
  offsetXMm: number;
  offsetYMm: number;
}

/** Where a label's upper left corner is on its page. */
export interface PlacedLabel {
  /** Of the labels to print, from 0. */
  index: number;
  xMm: number;
  yMm: number;
}

export function labelsASheet(stock: LabelStock): number {
  return stock.kind === "sheet" ? stock.columns * stock.rows : 1;
}

/** Width and height of the paper: a sheet, or the label itself. */
export function pageOf(stock: LabelStock): { widthMm: number; heightMm: number } {
  return stock.kind === "sheet" ? PAGES[stock.page] : stock;
}

/** Labels on their pages, row by row. Rolls have no start position: every page is one label. */
export function placeLabels({ stock, count, startAt, offsetXMm, offsetYMm }: Placing): PlacedLabel[][] {
  const perSheet = labelsASheet(stock);
  const first = Math.min(startAt, perSheet) - 1;
  const pages: PlacedLabel[][] = [];
  for (let index = 0; index < count; index++) {
    const slot = (first + index) % perSheet;
    if (index === 0 || slot === 0) pages.push([]);
    const origin = stock.kind === "sheet" ? cornerOf(stock, slot) : { xMm: 0, yMm: 0 };
    pages.at(-1)?.push({ index, xMm: origin.xMm + offsetXMm, yMm: origin.yMm + offsetYMm });
  }
  return pages;
}

/** The upper left corner of a sheet's label, slots counted row by row from 0. */
export function cornerOf(stock: Extract<LabelStock, { kind: "sheet" }>, slot: number): { xMm: number; yMm: number } {
  return {
    xMm: stock.leftMm + (slot % stock.columns) * stock.pitchXMm,
    yMm: stock.topMm + Math.floor(slot / stock.columns) * stock.pitchYMm,
  };
}

/** Where the next print on the last sheet begins, from 1; 1 is a new sheet. */
export function nextStart(stock: LabelStock, startAt: number, count: number): number {
  const perSheet = labelsASheet(stock);
  return ((Math.min(startAt, perSheet) - 1 + count) % perSheet) + 1;
}
