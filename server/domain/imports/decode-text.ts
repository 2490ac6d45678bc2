import { ImportFileError } from "./file-error";
import { MAX_IMPORT_BYTES } from "./limits";

const SAVE_AS = "Save it as “CSV UTF-8” and choose it again.";
const SNIFFED_BYTES = 4_096;
const LINE_FEED = 10;

/**
 * Text of a file that comes in pieces: UTF-8 with or without a byte order mark, nothing else. A file in another
 * encoding would give wrong names without anybody noticing.
 */
export class TextReader {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** The file's beginning, until there is enough of it to be recognised. */
  #head: Uint8Array | undefined = new Uint8Array();
  #bytes = 0;
  #lines = 1;

  /** @throws ImportFileError */
  push(bytes: Uint8Array): string {
    this.#bytes += bytes.length;
    if (this.#bytes > MAX_IMPORT_BYTES) throw tooManyBytes();
    if (this.#head === undefined) return this.#read(bytes);
    this.#head = joined(this.#head, bytes);
    return this.#head.length < SNIFFED_BYTES ? "" : this.#open();
  }

  /** @throws ImportFileError also when the file ends inside a character */
  end(): string {
    return (this.#head ? this.#open() : "") + this.#decode(new Uint8Array(), false);
  }

  #open(): string {
    const head = this.#head ?? new Uint8Array();
    this.#head = undefined;
    refuseForeign(head);
    return this.#read(head);
  }

  #read(bytes: Uint8Array): string {
    if (bytes.includes(0)) throw nulAt(bytes, this.#lines);
    const text = this.#decode(bytes, true);
    this.#lines += countOf(bytes, LINE_FEED);
    return text;
  }

  #decode(bytes: Uint8Array, more: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream: more });
    } catch {
      const line = this.#lines + linesBeforeFault(bytes);
      throw new ImportFileError("not_utf8", `the file is not UTF-8; it may be Windows-1252, Excel’s plain “CSV”. ${SAVE_AS}`, line);
    }
  }
}

export function tooManyBytes(): ImportFileError {
  return new ImportFileError(
    "too_many_bytes",
    `The file is larger than ${MAX_IMPORT_BYTES / 1_048_576} MiB. Split it, and import one part after the other.`,
  );
}

/** What begins like something else than text. */
function refuseForeign(bytes: Uint8Array): void {
  const starts = (...signs: number[]) => signs.every((sign, index) => bytes[index] === sign);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || looksLikeUtf16(bytes))
    throw new ImportFileError("utf16", `The file is UTF-16, Excel’s “Unicode text”. ${SAVE_AS}`);
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0))
    throw new ImportFileError("workbook", `This is a workbook, not a CSV file. Open it in your spreadsheet. ${SAVE_AS}`);
  if (starts(0x1f, 0x8b)) throw new ImportFileError("workbook", "The file is compressed. Unpack it first, and choose the CSV file in it.");
}

/** Without a byte order mark: every other byte of plain text is NUL. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SNIFFED_BYTES);
  const [even, odd] = [0, 1].map((parity) => head.filter((byte, index) => index % 2 === parity && byte === 0).length) as [number, number];
  return head.length >= 4 && Math.max(even, odd) > head.length / 4 && Math.min(even, odd) < head.length / 100;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

function nulAt(bytes: Uint8Array, line: number): ImportFileError {
  const before = countOf(bytes.subarray(0, bytes.indexOf(0)), LINE_FEED);
  return new ImportFileError("nul", "the file holds a NUL byte, which no text has. Export it again.", line + before);
}

function countOf(bytes: Uint8Array, wanted: number): number {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count++;
  return count;
}

/** The decoder does not say where it stopped. */
function linesBeforeFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let from = 0;
  let lines = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
    try {
      decoder.decode(bytes.subarray(from, end));
    } catch {
      return lines;
    }
    from = end + 1;
    lines++;
  }
  return lines;
}
