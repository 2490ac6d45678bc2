import { CsvReader, peekRecords, type CsvRecord } from "./csv-reader";
import { TextReader } from "./decode-text";
import { DELIMITERS, type Delimiter } from "./delimiters";
import { ImportFileError } from "./file-error";
import { MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS } from "./limits";
import { recognisedCount } from "./match-columns";

/** One row of a file below its header. */
export interface FileRow {
  /** From 1, counting neither the header nor blank lines and comments. */
  number: number;
  /** Line of the file, from 1. */
  line: number;
  cells: string[];
}

export interface FileHead {
  delimiter: Delimiter;
  /** The columns' names as they stand there. */
  header: string[];
}

/** So much is looked at before the delimiter is settled. */
const PEEK_LENGTH = 65_536;
const PEEK_RECORDS = 20;
/** Excel's own way to name the delimiter, in a line before the header. */
const SEPARATOR_LINE = /^"?sep=(.)"?(?:\r\n?|\n|$)/i;
/** Rows that begin with it are remarks, as in our template. Device IDs never do. */
export const COMMENT_SIGN = "#";

/**
 * Reads a file of devices from bytes that come in pieces: text, delimiter, header, rows. The same in the browser and on
 * the server. Holds no more than a piece and what is needed to settle the delimiter.
 * @throws ImportFileError from `push` and `end`
 */
export class ImportReader {
  readonly #text = new TextReader();
  #waiting = "";
  #csv: CsvReader | undefined;
  #delimiter: Delimiter = ",";
  #rows = 0;
  /** Known once the header has been read. */
  head: FileHead | undefined;

  push(bytes: Uint8Array): FileRow[] {
    return this.#take(this.#text.push(bytes), true);
  }

  end(): FileRow[] {
    const rows = this.#take(this.#text.end(), false);
    if (!this.head) throw new ImportFileError("empty", "The file is empty. Its first row must name the columns.");
    if (this.#rows === 0)
      throw new ImportFileError("no_rows", "The file names columns but holds no devices. Add a row for each device below the header.");
    return rows;
  }

  #take(text: string, more: boolean): FileRow[] {
    if (this.#csv) return this.#rowsOf([...this.#csv.push(text), ...(more ? [] : this.#csv.end())]);
    this.#waiting += text;
    if (more && this.#waiting.length < PEEK_LENGTH) return [];
    const { delimiter, skipped } = settleDelimiter(this.#waiting);
    const csv = new CsvReader(delimiter, skipped > 0 ? 2 : 1);
    this.#csv = csv;
    this.#delimiter = delimiter;
    const waiting = this.#waiting.slice(skipped);
    this.#waiting = "";
    return this.#rowsOf([...csv.push(waiting), ...(more ? [] : csv.end())]);
  }

  #rowsOf(records: readonly CsvRecord[]): FileRow[] {
    const rows: FileRow[] = [];
    for (const { line, cells } of records) {
      if (isBlank(cells) || cells[0]?.startsWith(COMMENT_SIGN)) continue;
      if (this.head) {
        rows.push({ number: ++this.#rows, line, cells });
        if (this.#rows > MAX_IMPORT_ROWS) throw tooManyRows();
      } else {
        if (cells.length > MAX_IMPORT_COLUMNS) throw tooManyColumns(cells.length, line);
        this.head = { delimiter: this.#delimiter, header: cells.map((cell) => cell.trim()) };
      }
    }
    return rows;
  }
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === "" || cell.trim() === "");
}

/** Nothing but delimiters, whichever they are. */
const NO_HEADER = /^[\s,;]*$/;

/** The delimiter that Excel's line names, else the one that makes most of the header known, else most columns. */
function settleDelimiter(text: string): { delimiter: Delimiter; /** Characters before the header. */ skipped: number } {
  const [line, sign] = SEPARATOR_LINE.exec(text) ?? [];
  if (line !== undefined && sign !== undefined) {
    const named = DELIMITERS.find((delimiter) => delimiter === sign);
    if (!named) throw new ImportFileError("columns", "cells may be separated by comma, semicolon or tab, no other sign.", 1);
    return { delimiter: named, skipped: line.length };
  }
  const ranked = DELIMITERS.map((delimiter) => {
    const records = peekRecords(text, delimiter, PEEK_RECORDS);
    const header = records.find((cells) => !cells.every((cell) => NO_HEADER.test(cell)) && !cells[0]?.startsWith(COMMENT_SIGN)) ?? [];
    return { delimiter, known: recognisedCount(header), columns: header.length };
  }).sort((a, b) => b.known - a.known || b.columns - a.columns);
  return { delimiter: ranked[0]?.delimiter ?? ",", skipped: 0 };
}

function tooManyRows(): ImportFileError {
  return new ImportFileError(
    "too_many_rows",
    `The file has more than ${MAX_IMPORT_ROWS.toLocaleString("en")} rows. Split it, and import one part after the other.`,
  );
}

function tooManyColumns(columns: number, line: number): ImportFileError {
  return new ImportFileError(
    "too_many_columns",
    `the header has ${columns.toLocaleString("en")} columns, at most ${MAX_IMPORT_COLUMNS} are read. Leave out those that are not about devices.`,
    line,
  );
}
