import Papa from "papaparse";
import { ImportFileError } from "./file-error";
import { MAX_ROW_LENGTH } from "./limits";

export interface CsvRecord {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

interface Parsed {
  data: string[][];
  errors: { code: string; row: number }[];
  meta: { cursor: number };
}

/**
 * Records of a CSV text that comes in pieces (RFC 4180; line ends may be CRLF, CR and LF, also mixed). Holds no more
 * than the unfinished record.
 */
export class CsvReader {
  readonly #parser: Papa.Parser;
  #rest = "";
  #line: number;
  /** A CR at the end of a piece may be half a line end. */
  #heldCr = false;

  /** @param line of the text's first character */
  constructor(delimiter: string, line = 1) {
    this.#parser = new Papa.Parser({ delimiter, newline: "\n" });
    this.#line = line;
  }

  /** @throws ImportFileError on quotes that are wrong and rows that do not end */
  push(text: string): CsvRecord[] {
    const whole = (this.#heldCr ? "\r" : "") + text;
    this.#heldCr = whole.endsWith("\r");
    this.#rest += unifyLineEnds(this.#heldCr ? whole.slice(0, -1) : whole);
    const records = this.#parse(true);
    if (this.#rest.length > MAX_ROW_LENGTH) throw endless(this.#rest, this.#line);
    return records;
  }

  /** @throws ImportFileError on a quote that is still open */
  end(): CsvRecord[] {
    if (this.#heldCr) this.#rest += "\n";
    this.#heldCr = false;
    return this.#parse(false);
  }

  #parse(more: boolean): CsvRecord[] {
    if (this.#rest === "") return [];
    const { data, errors, meta } = this.#parser.parse(this.#rest, 0, more) as Parsed;
    const records = data.map((cells) => {
      const line = this.#line;
      this.#line += 1 + breaksIn(cells);
      if (cells.reduce((sum, cell) => sum + cell.length, 0) > MAX_ROW_LENGTH) throw tooLong(line);
      return { line, cells };
    });
    // What is wrong in the unfinished record may be mended by the next piece.
    const fault = errors.find(({ row }) => row < data.length);
    if (fault) throw wrongQuote(fault.code, records[fault.row]?.line ?? this.#line);
    this.#rest = more ? this.#rest.slice(meta.cursor) : "";
    return records;
  }
}

/** The records at the beginning of a text, for a look at what it holds. Never throws. */
export function peekRecords(text: string, delimiter: string, most: number): string[][] {
  const { data } = new Papa.Parser({ delimiter, newline: "\n", preview: most }).parse(unifyLineEnds(text), 0, false) as Parsed;
  return data;
}

function unifyLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) breaks++;
  return breaks;
}

function endless(rest: string, line: number): ImportFileError {
  const isQuoteOpen = (rest.match(/"/g)?.length ?? 0) % 2 === 1;
  return isQuoteOpen ? wrongQuote("MissingQuotes", line) : tooLong(line);
}

function tooLong(line: number): ImportFileError {
  return new ImportFileError(
    "too_long",
    `the row is longer than ${MAX_ROW_LENGTH.toLocaleString("en")} characters. Is a line end missing?`,
    line,
  );
}

function wrongQuote(code: string, line: number): ImportFileError {
  return code === "MissingQuotes"
    ? new ImportFileError("quotes", "a quote is opened and never closed. Close it, or take it out.", line)
    : new ImportFileError("quotes", 'there is text after a closing quote. Write a quote inside a quoted cell twice: "".', line);
}
