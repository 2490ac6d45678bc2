import Papa from "papaparse";

type Cell = string | number | null;

/** Excel takes a file without it for the local code page. */
export const BYTE_ORDER_MARK = "\ufeff";

/** Signs with which spreadsheets begin a formula, full-width forms among them. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Rows as CSV (RFC 4180). Text that a spreadsheet would run gets an apostrophe in front; reading it back takes it off. */
export function csvLines(
  rows: readonly Cell[][],
  { delimiter = ",", withMark = false }: { delimiter?: string; withMark?: boolean } = {},
): string {
  const text = Papa.unparse(rows as Cell[][], { delimiter, escapeFormulae: FORMULA, newline: "\r\n" });
  return `${withMark ? BYTE_ORDER_MARK : ""}${text}\r\n`;
}

/** The other way round: an apostrophe that stands before a formula is not part of the value. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
