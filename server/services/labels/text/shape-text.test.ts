import { describe, expect, test } from "vitest";
import { NAMES } from "@/server/testing/labels/examples";
import { labelFaces } from "./faces";
import { measureText, shapeText, unprintableIn } from "./shape-text";

const glyphs = (text: string) => shapeText(text, "regular").flatMap((run) => run.glyphs);

describe("Bengali", () => {
  test.each([
    ["ক্ষ", 1, "a conjunct is one glyph"],
    ["জ্ঞ", 1, "a conjunct is one glyph"],
    ["কি", 2, "the vowel stands before its letter"],
    ["র্ক", 2, "a reph stands over its letter, once"],
  ])("%s: %d glyphs, %s", (text, count) => {
    expect(glyphs(text).filter(({ id }) => !isEmpty(id))).toHaveLength(count);
  });

  test("a vowel that is typed after its letter is set before it", () => {
    const [first] = glyphs("কি");
    const [alone] = glyphs("ি");
    // The dotted circle that a lone vowel gets aside, it is the same hook.
    expect(first!.codePoints).toEqual([0x995, 0x9bf]);
    expect(
      glyphs("ি")
        .map(({ id }) => id)
        .concat(alone!.id),
    ).toContain(first!.id);
  });

  // fontkit, pdfkit's own shaper, draws the reph of these twice.
  test.each(["সার্কিট", "র্চি", "র্জি"])("%s has one reph", (text) => {
    const reph = glyphs("র্ক").at(-1)!.id;
    expect(glyphs(text).filter(({ id }) => id === reph).length).toBeLessThanOrEqual(1);
  });

  test("is set in Bengali's own font, words in Latin letters beside it in theirs", () => {
    expect(shapeText("দুধ ৩ MM001", "bold").map((run) => [run.face.key, run.text])).toEqual([
      ["noto-sans-bengali-bengali-700", "দুধ ৩ "],
      ["noto-sans-latin-700", "MM001"],
    ]);
  });

  function isEmpty(id: number): boolean {
    return (
      labelFaces("regular")
        .find((face) => face.key.includes("bengali"))!
        .shaper.glyphToPath(id) === ""
    );
  }
});

test("every letter of the examples has a glyph of its own", () => {
  for (const text of Object.values(NAMES)) {
    expect(unprintableIn(text)).toBe("");
    for (const { id } of glyphs(text)) expect(id).toBeGreaterThan(0);
  }
  expect(unprintableIn("äöüÄÖÜßẞñÑáéíóúü¿¡çőŁ हिन्दी Ελλ Рус Việt – „“ ° µ № …")).toBe("");
});

test("what no font has is a square, named once, and takes its place", () => {
  expect(unprintableIn("🐄 gate 🐄 مزرعة ✓")).toBe("🐄مزرعة✓");
  expect(measureText("🐄", "regular")).toBeGreaterThan(0.3);
  expect(
    shapeText("a🐄b", "regular")
      .map((run) => run.text)
      .join(""),
  ).toBe("a□b");
});

test("measures as the font says: digits are all equally wide, bold is wider", () => {
  expect(measureText("111", "bold")).toBeCloseTo(measureText("888", "bold"), 6);
  expect(measureText("MM001", "bold")).toBeGreaterThan(measureText("MM001", "regular"));
  expect(measureText("", "regular")).toBe(0);
});
