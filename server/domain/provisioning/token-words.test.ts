import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPresentedToken } from "./token-words";

const WORDS = { form: "words", value: "barn-milk-tractor" };

describe("a presented token", () => {
  test.each([
    "barn-milk-tractor",
    "Barn Milk Tractor",
    "  BARN   milk\ttractor\n",
    "barn, milk, tractor.",
    "barn–milk—tractor",
    "barn_milk_tractor",
    "bärn mílk tractör",
    "ｂａｒｎ milk tractor",
    "barn/milk/tractor",
  ])("%j is three words", (presented) => {
    expect(readPresentedToken(presented)).toEqual(WORDS);
  });

  test.each([
    "",
    "barn",
    "barn-milk",
    "barn-milk-tractor-cow",
    "barnmilktractor",
    "ba-milk-tractor",
    "barn-milk-tractorists",
    "x".repeat(31),
    "x".repeat(101),
    `${"x".repeat(42)}!`,
    "молоко коровы сено",
  ])("%j is nothing", (presented) => {
    expect(readPresentedToken(presented)).toBeUndefined();
  });

  test("in full it is taken as it is, whatever its letters look like", () => {
    const lookalike = "abcdefgh-ijklmnop-qrstuvwx-0123456789-01234";
    for (const text of ["x".repeat(43), lookalike, "A_".repeat(21) + "b"]) {
      expect(readPresentedToken(` ${text}\n`)).toEqual({ form: "text", value: text });
    }
  });

  test("three words of letters survive any case and separator", () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const separator = fc.constantFrom(" ", "-", " - ", ".", ", ", "\n");
    fc.assert(
      fc.property(word, word, word, separator, fc.boolean(), (a, b, c, between, upper) => {
        const typed = [a, b, c].join(between);
        expect(readPresentedToken(upper ? typed.toUpperCase() : typed)?.value).toBe([a, b, c].join("-"));
      }),
    );
  });
});
