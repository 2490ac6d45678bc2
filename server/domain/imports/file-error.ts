/** Why a file as a whole cannot be read. */
export const FILE_FAULTS = [
  "empty",
  "no_rows",
  "not_utf8",
  "utf16",
  "nul",
  "workbook",
  "quotes",
  "too_many_bytes",
  "too_many_rows",
  "too_many_columns",
  "too_long",
  "columns",
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** A file that cannot be imported, with a sentence that says where and what to do. Nothing of it has been written. */
export class ImportFileError extends Error {
  readonly fault: FileFault;
  /** Line of the file, from 1; `undefined` when it is about the whole. */
  readonly line: number | undefined;

  constructor(fault: FileFault, message: string, line?: number) {
    super(line === undefined ? message : `Line ${line.toLocaleString("en")}: ${message}`);
    this.name = "ImportFileError";
    this.fault = fault;
    this.line = line;
  }
}
