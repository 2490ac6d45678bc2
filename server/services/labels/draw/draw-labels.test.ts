import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { QRCodeSVG } from "qrcode.react";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CODE_ERROR_LEVEL } from "@/server/domain/labels/code-size";
import { labelsASheet, pageOf, placeLabels } from "@/server/domain/labels/place-labels";
import type { LabelJob } from "@/server/domain/labels/schema";
import { ROLL_STOCKS, SHEET_STOCKS } from "@/server/domain/labels/stock";
import { LABEL_TEMPLATES } from "@/server/domain/labels/vocabulary";
import { decodeZpl } from "@/server/testing/labels/decode-zpl";
import { exampleJob, exampleLabel, NAMES } from "@/server/testing/labels/examples";
import { codesIn, cut, pagesOf, pictureOf, type Picture } from "@/server/testing/labels/read-picture";
import type { LabelView } from "../views";
import { drawBitmaps } from "./draw-bitmap";
import { drawPdf } from "./draw-pdf";
import { drawZpl } from "./draw-zpl";
import { codeMatrix, layOut } from "./lay-out";

const TITLE = { title: "Device labels", now: new Date("2026-06-01") };
const PRINTER_DPI = 203;
/** IDs, types and serial numbers from short to long. */
const LABELS = [
  exampleLabel({ serialNumber: null }),
  exampleLabel({ deviceId: "TS1234", type: "temperature", name: NAMES.bengali }),
  exampleLabel({ deviceId: "EN123456", type: "environmental", serialNumber: "SN-ABCDEF-0123456789", name: NAMES.spanish }),
];

test("the code of PDF and ZPL is the one on screen, module by module", () => {
  const serial = fc.string({ unit: "grapheme", maxLength: 60 });
  fc.assert(
    fc.property(serial, (serialNumber) => {
      const { code } = exampleLabel({ serialNumber });
      expect(codeMatrix(code)).toEqual(matrixOnScreen(code));
    }),
  );
});

/** What qrcode.react draws: rectangles of one row each, as `M x,y h w v1 H x z`. */
function matrixOnScreen(value: string): boolean[][] {
  const svg = renderToStaticMarkup(createElement(QRCodeSVG, { value, level: CODE_ERROR_LEVEL, marginSize: 0 }));
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const matrix = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const dark = [...svg.matchAll(/ d="([^"]*)"/g)].at(-1)?.[1] ?? "";
  for (const [, x, y, width] of dark.matchAll(/M(\d+)[ ,](\d+) ?h(\d+)v1H\d+z/g))
    matrix[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return matrix;
}

describe("PDF", () => {
  const sheets = SHEET_STOCKS.map((stock, index) => [stock.name, LABEL_TEMPLATES[index % LABEL_TEMPLATES.length]!, stock] as const);

  test.each(sheets)("%s, %s: every code of a full sheet reads at 203 dpi", async (_, template, stock) => {
    const labels = Array.from({ length: labelsASheet(stock) }, (_, index) => LABELS[index % LABELS.length]!);
    const job = exampleJob({ stock: stock.id, template });
    const [page, ...more] = await pagesOf(await drawPdf(job, labels, TITLE), PRINTER_DPI);
    expect(more).toEqual([]);
    const { widthMm, heightMm } = pageOf(stock);
    expect([page!.widthPt, page!.heightPt]).toEqual([expect.closeTo((widthMm / 25.4) * 72, 1), expect.closeTo((heightMm / 25.4) * 72, 1)]);
    const dots = PRINTER_DPI / 25.4;
    const [places] = placeLabels({ ...job, count: labels.length });
    for (const { index, xMm, yMm } of places!) {
      const label = labels[index]!;
      const alone = cut(
        page!,
        Math.round(xMm * dots),
        Math.round(yMm * dots),
        Math.round(stock.widthMm * dots),
        Math.round(stock.heightMm * dots),
      );
      const codes = layOut(job, label).layout.codes.map(() => label.code);
      expect(await codesIn(alone)).toEqual(codes);
    }
  });

  test.each(ROLL_STOCKS.map((stock) => [stock.name, stock] as const))(
    "a roll of %s: one page a label, exactly as large, readable",
    async (_, stock) => {
      const pdf = await drawPdf(exampleJob({ stock: stock.id, copies: 2, startAt: 5 }), LABELS, TITLE);
      const pages = await pagesOf(pdf, PRINTER_DPI);
      expect(pages).toHaveLength(6);
      expect([pages[0]!.widthPt, pages[0]!.heightPt]).toEqual([
        expect.closeTo((stock.widthMm / 25.4) * 72, 1),
        expect.closeTo((stock.heightMm / 25.4) * 72, 1),
      ]);
      for (const [index, page] of pages.entries())
        expect(new Set(await codesIn(page))).toEqual(new Set([LABELS[Math.floor(index / 2)]!.code]));
    },
  );

  test("text is text: it can be searched, and its fonts are embedded in subsets", async () => {
    const label = exampleLabel({ name: NAMES.german, farm: { id: "f", name: "উত্তর খামার" } });
    const pdf = await drawPdf(exampleJob({ stock: "l7165" }), [label], TITLE);
    const [page] = await pagesOf(pdf, 72);
    expect(page!.text).toContain("MM001");
    expect(page!.text.replace(/\s+/g, " ")).toContain(NAMES.german);
    const source = pdf.toString("latin1");
    expect(source.match(/\/FontFile2/g)).toHaveLength(3);
    expect(source).toMatch(/[A-Z]{6}\+NotoSansBengali-Regular/);
    expect(source).not.toContain("Helvetica");
    // The fonts in full are half a megabyte.
    expect(pdf.length).toBeLessThan(60_000);
  });

  test("begins at the label that is left, draws edges when asked", async () => {
    const [page] = await pagesOf(await drawPdf(exampleJob({ stock: "l7160", startAt: 21 }), LABELS.slice(0, 1), TITLE), 50);
    const firstDark = page!.data.findIndex((grey) => grey < 100);
    expect(Math.floor(firstDark / page!.width) / page!.height).toBeGreaterThan(0.8);
    const [outlined] = await pagesOf(await drawPdf(exampleJob({ stock: "l7160", outlines: true }), LABELS.slice(0, 1), TITLE), 72);
    const inked = (picture: Picture) => picture.data.filter((grey) => grey < 250).length;
    expect(inked(outlined!)).toBeGreaterThan(inked(page!) * 2);
  });
});

describe("ZPL", () => {
  test.each(ROLL_STOCKS.flatMap((stock) => ([203, 300] as const).map((dpi) => [stock.name, dpi, stock.id] as const)))(
    "%s at %d dpi: every label reads from the printer's own dots",
    async (_, dpi, stock) => {
      const printed = decodeZpl((await drawZpl(exampleJob({ stock, dpi, copies: 3 }), LABELS)).toString("ascii"));
      expect(printed).toHaveLength(LABELS.length);
      for (const [index, picture] of printed.entries()) {
        expect(picture.copies).toBe(3);
        expect(new Set(await codesIn(pictureOf(picture)))).toEqual(new Set([LABELS[index]!.code]));
      }
    },
  );

  test("moves by the printer's error, in dots", async () => {
    const draw = (offsetXMm: number) => firstPicture(exampleJob({ stock: "roll-50x30", offsetXMm }), LABELS);
    const firstColumn = ({ data, width, height }: Picture) =>
      Math.min(...Array.from({ length: height }, (_, y) => data.subarray(y * width, (y + 1) * width).indexOf(0)).filter((x) => x >= 0));
    expect(firstColumn(await draw(2)) - firstColumn(await draw(0))).toBe(16);
  });
});

test.each(Object.entries(NAMES))("paper and printer draw the same letters: %s", async (_, name) => {
  const job = exampleJob({ stock: "own-101.6x50.8", dpi: 600, secondCode: false });
  const label = exampleLabel({ name, farm: { id: "f", name } });
  const fromOutlines = await firstPicture(job, [label]);
  const [fromPdf] = await pagesOf(await drawPdf(job, [label], TITLE), 600);
  // 4 × 2 inches, whole points: the renderer rounds pages down. The one draws outlines of the shaper, the other embedded fonts: a wrong glyph or place in either shows here.
  expect(strayDots(fromOutlines, fromPdf!)).toBeLessThan(0.002);
  expect(strayDots(fromPdf!, fromOutlines)).toBeLessThan(0.002);
});

async function firstPicture(job: LabelJob, labels: readonly LabelView[]): Promise<Picture> {
  for await (const bitmap of drawBitmaps(job, labels)) return pictureOf(bitmap);
  throw new Error("Nothing was drawn");
}

/** The share of a picture's dark dots that have no dark dot within two dots in another one. */
function strayDots(picture: Picture, other: Picture): number {
  let dark = 0;
  let stray = 0;
  const isDark = (x: number, y: number) => (other.data[y * other.width + x] ?? 255) < 160;
  for (let y = 2; y < picture.height - 2; y++)
    for (let x = 2; x < picture.width - 2; x++) {
      if ((picture.data[y * picture.width + x] ?? 255) >= 100) continue;
      dark += 1;
      let near = false;
      for (let v = -2; v <= 2 && !near; v++) for (let u = -2; u <= 2 && !near; u++) near = isDark(x + u, y + v);
      if (!near) stray += 1;
    }
  expect(dark).toBeGreaterThan(10_000);
  return stray / dark;
}
