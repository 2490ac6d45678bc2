import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { type FileFault, ImportFileError } from "./file-error";
import { type FileHead, type FileRow, ImportReader } from "./import-reader";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, MAX_ROW_LENGTH } from "./limits";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const HEADER = "device_id,name,device_type\n";

/** Reads a file as it comes over the network, in pieces of some bytes. */
function read(content: string | Uint8Array, pieceBytes = 7): { head: FileHead | undefined; rows: FileRow[] } {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  const reader = new ImportReader();
  const rows: FileRow[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) rows.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  rows.push(...reader.end());
  return { head: reader.head, rows };
}

const cellsOf = (content: string | Uint8Array, pieceBytes?: number) => read(content, pieceBytes).rows.map((row) => row.cells);

function faultOf(content: string | Uint8Array, pieceBytes = 65_536): { fault: FileFault; line: number | undefined } {
  try {
    read(content, pieceBytes);
  } catch (error) {
    if (error instanceof ImportFileError) return { fault: error.fault, line: error.line };
    throw error;
  }
  throw new Error("the file was read");
}

describe("RFC 4180 and what files really look like", () => {
  test.each<[string, string, string[][]]>([
    [
      "each record on a line, the last without a line end",
      `${HEADER}MM001,a,gate\r\nMM002,b,gate`,
      [
        ["MM001", "a", "gate"],
        ["MM002", "b", "gate"],
      ],
    ],
    [
      "quoted cells with the delimiter, a line end and doubled quotes",
      `${HEADER}MM001,"a, ""b""\r\nc",gate\r\n`,
      [["MM001", 'a, "b"\nc', "gate"]],
    ],
    ["spaces are part of a cell", `${HEADER}MM001, a ,gate\n`, [["MM001", " a ", "gate"]]],
    ["a quote inside an unquoted cell is a letter", `${HEADER}MM001,5" pipe,gate\n`, [["MM001", '5" pipe', "gate"]]],
    ["empty quoted cells", `${HEADER}MM001,"",""\n`, [["MM001", "", ""]]],
    [
      "CRLF, CR and LF mixed",
      `${HEADER}MM001,a,gate\rMM002,b,gate\r\nMM003,c,gate\nMM004,d,gate\r`,
      [
        ["MM001", "a", "gate"],
        ["MM002", "b", "gate"],
        ["MM003", "c", "gate"],
        ["MM004", "d", "gate"],
      ],
    ],
    ["blank lines, lines of delimiters, remarks", `\n${HEADER}\n,,\n# Example: MM999,x,gate\nMM001,a,gate\n\n\n`, [["MM001", "a", "gate"]]],
    ["more and fewer cells than the header", `${HEADER}MM001\nMM002,b,gate,,x\n`, [["MM001"], ["MM002", "b", "gate", "", "x"]]],
    ["a byte order mark", `\ufeff${HEADER}MM001,a,gate`, [["MM001", "a", "gate"]]],
    ["semicolons", "device_id;name\nMM001;a, b", [["MM001", "a, b"]]],
    ["tabs", "device_id\tname\nMM001\ta, b; c", [["MM001", "a, b; c"]]],
    ["one column", "device_id\nMM001\nMM002", [["MM001"], ["MM002"]]],
    ["Excel's sep=;", "sep=;\r\ndevice_id;name\r\nMM001;a", [["MM001", "a"]]],
    ["Excel's sep= with a tab", "\ufeffsep=\t\ndevice_id\tname\nMM001\ta", [["MM001", "a"]]],
    ["letters of all sorts", `${HEADER}MM001,Kälberstall “Süd” – বাংলা 🐄,gate`, [["MM001", "Kälberstall “Süd” – বাংলা 🐄", "gate"]]],
    ["formulas are text", `${HEADER}MM001,"=cmd|' /C calc'!A0",gate`, [["MM001", "=cmd|' /C calc'!A0", "gate"]]],
  ])("%s", (_, content, expected) => {
    for (const piece of [1, 2, 3, 7, 65_536]) expect(cellsOf(content, piece)).toEqual(expected);
  });

  test("rows know their number and their line", () => {
    const { rows } = read(`sep=,\n${HEADER}MM001,"a\nb",gate\n\nMM002,c,gate\n`);
    expect(rows.map(({ number, line }) => [number, line])).toEqual([
      [1, 3],
      [2, 6],
    ]);
  });

  test("what one writes, another reads, whatever the pieces", () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('"', '""', ",", "\r\n", "\n", "\r", ";", "é", "🐄"),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, piece) => {
          const wanted = rows
            // NUL is refused, half a surrogate cannot be written, and blank rows and remarks are skipped.
            .map((cells) => cells.map((text) => decoder.decode(encoder.encode(text.replace(/\0/g, "")))))
            .filter((cells) => cells.some((text) => text.trim() !== "") && !cells[0]?.startsWith("#"));
          fc.pre(wanted.length > 0);
          const text = HEADER + Papa.unparse(wanted, { quotes: true, newline: "\r\n" });
          expect(cellsOf(text, piece)).toEqual(wanted.map((cells) => cells.map((value) => value.replace(/\r\n?/g, "\n"))));
        },
      ),
    );
  });
});

describe("headers", () => {
  test("__proto__ is a name like any other", () => {
    expect(read("__proto__,constructor,device_id\na,b,MM001").head).toEqual({
      delimiter: ",",
      header: ["__proto__", "constructor", "device_id"],
    });
  });

  test("the delimiter that makes the header known wins, also over more columns", () => {
    expect(read("device_id;name;location\nMM001;a;1,2,3,4").head?.delimiter).toBe(";");
    expect(read("id\tname, first, last, more\nMM001\tx").head?.delimiter).toBe("\t");
  });
});

describe("what cannot be read says why, and on which line", () => {
  const windows1252 = Uint8Array.from([...encoder.encode(HEADER), ...encoder.encode("MM001,K"), 0xe4, ...encoder.encode("lber,gate\n")]);
  const utf16 = (text: string, mark: boolean) =>
    Uint8Array.from([...(mark ? [0xff, 0xfe] : []), ...[...text].flatMap((sign) => [sign.charCodeAt(0), 0])]);

  test.each<[string, string | Uint8Array, FileFault, number | undefined]>([
    ["nothing at all", "", "empty", undefined],
    ["blank lines only", "\n\r\n , \n", "empty", undefined],
    ["a byte order mark only", "\ufeff", "empty", undefined],
    ["a header only", HEADER, "no_rows", undefined],
    ["a header and remarks", `${HEADER}# Allowed: x\n`, "no_rows", undefined],
    ["Windows-1252", windows1252, "not_utf8", 2],
    ["half a character at the end", Uint8Array.from([...encoder.encode(`${HEADER}MM001,a,gate\n`), 0xe2, 0x82]), "not_utf8", 3],
    ["UTF-16 with its mark", utf16(`${HEADER}MM001,a,gate`, true), "utf16", undefined],
    ["UTF-16 without", utf16(`${HEADER}MM001,a,gate`, false), "utf16", undefined],
    ["a NUL byte", `${HEADER}MM001,a\0b,gate\n`, "nul", 2],
    ["a workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), "workbook", undefined],
    ["gzip", Uint8Array.from([0x1f, 0x8b, 8, 0]), "workbook", undefined],
    ["a quote that is never closed", `${HEADER}MM001,a,gate\nMM002,"b,gate\nMM003,c,gate\n`, "quotes", 3],
    ["a quote that is never closed in a large file", `${HEADER}MM001,"a,gate\n${"MM002,b,gate\n".repeat(200_000)}`, "quotes", 2],
    ["text after a closing quote", `${HEADER}MM001,"a" b,gate\nMM002,c,gate\n`, "quotes", 2],
    ["a cell of 2 MB", `${HEADER}MM001,${"x".repeat(2_000_000)},gate\n`, "too_long", 2],
    ["a quoted cell of 2 MB", `${HEADER}MM001,"${"x".repeat(2_000_000)}",gate\n`, "quotes", 2],
    ["a row of many cells that together are too long", `${HEADER}MM001${",xxxxxxxxx".repeat(MAX_ROW_LENGTH / 9)}\n`, "too_long", 2],
    ["10,000 columns", `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(",")}\nx\n`, "too_many_columns", 1],
    ["another sign in sep=", "sep=|\ndevice_id|name\nMM001|a\n", "columns", 1],
  ])("%s", (_, content, fault, line) => {
    expect(faultOf(content)).toEqual({ fault, line });
    if (content.length < 10_000) expect(faultOf(content, 3).fault).toBe(fault);
  });

  test("1,000,000 rows are read, one more is too many", () => {
    const piece = encoder.encode("MM001,a\n".repeat(10_000));
    const reader = new ImportReader();
    reader.push(encoder.encode("device_id,name\n"));
    let rows = 0;
    for (let index = 0; index < 100; index++) rows += reader.push(piece).length;
    expect(rows).toBe(MAX_IMPORT_ROWS);
    expect(() => reader.push(encoder.encode("MM002,b\n"))).toThrow(/more than 1,000,000 rows/);
  });

  test("too many bytes", () => {
    const reader = new ImportReader();
    reader.push(encoder.encode("device_id\n"));
    const piece = encoder.encode(`# ${"remark ".repeat(100)}\n`.repeat(10_000));
    expect(() => {
      for (let bytes = 0; bytes <= MAX_IMPORT_BYTES; bytes += piece.length) reader.push(piece);
    }).toThrow(/larger than 128 MiB/);
  });
});
