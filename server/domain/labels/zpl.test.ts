import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeZpl } from "@/server/testing/labels/decode-zpl";
import { compressRows, zplLabel, type Bitmap } from "./zpl";

const bitmap = (widthDots: number, rows: Uint8Array[]): Bitmap => ({ widthDots, heightDots: rows.length, rows });

test("the examples of the manual", () => {
  const row = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
  expect(compressRows([row("FFFF000000000000")])).toBe("JF,");
  expect(compressRows([row("FFFF"), row("FFFF"), row("0000")])).toBe("!:,");
  expect(compressRows([row("1200AB")])).toBe("12H0AB");
  expect(compressRows([row("00".repeat(215) + "01")])).toBe("zgQ01");
});

test("what the printer reads is what was drawn", () => {
  const rows = fc.integer({ min: 1, max: 60 }).chain((bytes) =>
    fc.array(
      fc.oneof(
        fc.uint8Array({ minLength: bytes, maxLength: bytes }),
        fc.constantFrom(0, 255, 0x0f).map((byte) => new Uint8Array(bytes).fill(byte)),
      ),
      { minLength: 1, maxLength: 12 },
    ),
  );
  fc.assert(
    fc.property(rows, (drawn) => {
      const widthDots = drawn[0]!.length * 8;
      const [label] = decodeZpl(zplLabel(bitmap(widthDots, drawn), 2));
      expect(label).toMatchObject({ widthDots, heightDots: drawn.length, copies: 2 });
      expect(label!.rows.map((row) => [...row])).toEqual(drawn.map((row) => [...row]));
    }),
  );
});

test("a picture of more than 99,999 bytes goes out in bands", () => {
  const drawn = Array.from({ length: 1_200 }, (_, y) => new Uint8Array(150).map((_, x) => (x * 7 + y) % 251));
  const text = zplLabel(bitmap(1_200, drawn), 1);
  expect(text.match(/\^GFA/g)).toHaveLength(2);
  for (const [, bytes] of text.matchAll(/\^GFA,(\d+),/g)) expect(Number(bytes)).toBeLessThanOrEqual(99_999);
  expect(decodeZpl(text)[0]!.rows.map((row) => [...row])).toEqual(drawn.map((row) => [...row]));
});
