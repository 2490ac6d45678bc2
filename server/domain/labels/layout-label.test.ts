import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QUIET_ZONE_MODULES } from "./code-size";
import { MM_PER_PT, type MeasureText } from "./fit-text";
import { labelSpec } from "./label-spec";
import { layoutLabel, type LabelContent } from "./layout-label";
import { ROLL_STOCKS, SHEET_STOCKS, stockOf, type LabelStock } from "./stock";
import { LABEL_TEMPLATES, MIN_CODE_MM, MIN_ID_PT, MIN_SNAPPED_CODE_MM, MIN_TEXT_PT, PRINTER_DPIS, type LabelTemplate } from "./vocabulary";

/** Every letter as wide as a digit of the bold font. */
const measure: MeasureText = (text) => [...text].length * 0.572;
const CONTENT: LabelContent = { deviceId: "MM001", name: "Stall 13", farm: "Nordhof", modules: 33 };
const STOCKS: LabelStock[] = [...SHEET_STOCKS, ...ROLL_STOCKS];
const lay = (
  stock: LabelStock,
  template: LabelTemplate,
  content: Partial<LabelContent> = {},
  secondCode = true,
  dpi: 203 | 300 | 600 = 203,
) => layoutLabel(labelSpec(stock, { template, secondCode, dpi }), { ...CONTENT, ...content }, measure);

describe.each(STOCKS.map((stock) => [stock.name, stock] as const))("%s", (_, stock) => {
  test.each(LABEL_TEMPLATES)("has room for a code that can be scanned, and for the ID: %s", (template) => {
    for (const modules of [29, 33, 37, 41]) {
      const { codes, dropped } = lay(stock, template, { modules });
      for (const code of codes) expect(code.sizeMm).toBeGreaterThanOrEqual(stock.kind === "roll" ? MIN_SNAPPED_CODE_MM : MIN_CODE_MM);
      expect(dropped).not.toContain("id");
    }
  });
});

test("on any label everything is inside, quiet zones are free, and letters are never too small", () => {
  const stocks = fc.oneof(
    fc.constantFrom(...STOCKS),
    fc.record({ w: fc.integer({ min: 20, max: 110 }), h: fc.integer({ min: 19, max: 160 }) }).map(({ w, h }) => stockOf(`own-${w}x${h}`)!),
  );
  const contents = fc.record({
    deviceId: fc.stringMatching(/^[A-Z]{2}[0-9]{3,6}$/),
    name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
    farm: fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
    modules: fc.integer({ min: 1, max: 20 }).map((version) => 17 + 4 * version),
  });
  fc.assert(
    fc.property(
      stocks,
      fc.constantFrom(...LABEL_TEMPLATES),
      contents,
      fc.boolean(),
      fc.constantFrom(...PRINTER_DPIS),
      (stock, template, content, second, dpi) => {
        const { codes, texts, logo } = lay(stock, template, content, second, dpi);
        const slack = stock.kind === "roll" ? 1 / 8 : 1e-6;
        expect(codes.length).toBeGreaterThanOrEqual(1);
        for (const { xMm, yMm, sizeMm, moduleMm } of codes) {
          const quiet = moduleMm * QUIET_ZONE_MODULES;
          expect(xMm - quiet).toBeGreaterThanOrEqual(-slack);
          expect(yMm - quiet).toBeGreaterThanOrEqual(-slack);
          expect(xMm + sizeMm + quiet).toBeLessThanOrEqual(stock.widthMm + slack);
          expect(yMm + sizeMm + quiet).toBeLessThanOrEqual(stock.heightMm + slack);
          if (stock.kind === "roll")
            expect(
              Math.abs(moduleMm * (dpi === 203 ? 8 : dpi / 25.4) - Math.round(moduleMm * (dpi === 203 ? 8 : dpi / 25.4))),
            ).toBeLessThan(1e-6);
        }
        if (codes[1])
          expect(codes[1].xMm - codes[0]!.xMm - codes[0]!.sizeMm).toBeGreaterThanOrEqual(codes[0]!.moduleMm * QUIET_ZONE_MODULES - slack);
        for (const text of texts) {
          const width = measure(text.text, text.weight) * text.sizePt * MM_PER_PT;
          const left = text.isCentred ? text.xMm - width / 2 : text.xMm;
          expect(text.sizePt).toBeGreaterThanOrEqual(MIN_TEXT_PT);
          expect(left + width).toBeLessThanOrEqual(stock.widthMm + 1e-6);
          expect(text.baselineMm).toBeLessThanOrEqual(stock.heightMm);
          expect(text.baselineMm).toBeGreaterThan(0);
          for (const { xMm, yMm, sizeMm, moduleMm } of codes) {
            const quiet = moduleMm * QUIET_ZONE_MODULES - slack;
            const top = text.baselineMm - 0.72 * text.sizePt * MM_PER_PT;
            const isClear = left >= xMm + sizeMm + quiet || left + width <= xMm - quiet || top >= yMm + sizeMm + quiet - 0.5;
            expect(isClear).toBe(true);
          }
        }
        if (logo) expect(logo.yMm + logo.heightMm).toBeLessThanOrEqual(stock.heightMm + 1e-6);
      },
    ),
    { numRuns: 400 },
  );
});

describe("what stands on it", () => {
  test("the code alone is as large as the label takes it, twice where there is room", () => {
    expect(lay(stockOf("roll-40x30")!, "code").codes).toHaveLength(1);
    const wide = lay(stockOf("l7163")!, "code");
    expect(wide.codes).toHaveLength(2);
    expect(wide.texts).toEqual([]);
    expect(lay(stockOf("l7163")!, "code", {}, false).codes).toHaveLength(1);
  });

  test("ID in bold and at least 12 pt, name and farm at least 9 pt, largest first", () => {
    const { texts, logo, dropped } = lay(stockOf("l7163")!, "full");
    expect(texts.map(({ role, text }) => [role, text])).toEqual([
      ["id", "MM001"],
      ["name", "Stall 13"],
      ["farm", "Nordhof"],
    ]);
    expect(texts[0]).toMatchObject({ weight: "bold" });
    expect(texts[0]!.sizePt).toBeGreaterThanOrEqual(MIN_ID_PT);
    expect(texts[0]!.sizePt).toBeGreaterThan(texts[1]!.sizePt);
    expect(logo).not.toBeNull();
    expect(dropped).toEqual([]);
  });

  test("a long ID on a small label goes on two lines instead of getting small", () => {
    const { texts } = lay(stockOf("l7651")!, "id_name", { deviceId: "EN123456" });
    expect(texts.filter(({ role }) => role === "id").map(({ text }) => text)).toEqual(["EN", "123456"]);
    for (const text of texts) expect(text.sizePt).toBeGreaterThanOrEqual(text.role === "id" ? MIN_ID_PT : MIN_TEXT_PT);
  });

  test("a long name is broken between words, then cut, and that is said", () => {
    const long = lay(stockOf("l7160")!, "id_name", { name: "Left side, third from the door, beside the big water tank of the old barn" });
    expect(long.isNameCut).toBe(true);
    expect(long.texts.filter(({ role }) => role === "name").at(-1)!.text).toMatch(/…$/);
    expect(lay(stockOf("l7160")!, "id_name").isNameCut).toBe(false);
  });

  test("Bengali is broken between letters, never inside a conjunct", () => {
    const { texts } = lay(stockOf("l7651")!, "id_name", { name: "স্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রী" });
    for (const { text } of texts.filter(({ role }) => role === "name")) expect(text.replace("…", "")).toMatch(/^(স্ত্রী)+$/);
  });

  test("what has no room is left out by name, the ID last of all", () => {
    expect(lay(stockOf("own-25x28")!, "full").dropped).toEqual(["name", "farm"]);
    expect(lay(stockOf("own-20x19")!, "full").dropped).toEqual(["id", "name", "farm"]);
  });
});
