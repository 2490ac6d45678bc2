import { describe, expect, test } from "vitest";
import { lineOfText, optionalLine, requiredLine } from "./text";

describe("a line of text", () => {
  test.each([
    ["plain", true],
    ["Bäuerin 牛舎 ١٢", true],
    ["👩‍🌾🏳️‍🌈🐄", true],
    ["<script>alert(1)</script>", true],
    ["tab\there", false],
    ["line\nbreak", false],
    ["nul\u0000", false],
    ["delete\u007f", false],
    ["c1\u0085", false],
    ["bidi \u202e override", false],
    ["isolate \u2066", false],
    ["bom\ufeff inside", false],
    ["half \ud83d pair", false],
    ["other half \udc04", false],
    ["x".repeat(120), true],
    ["x".repeat(121), false],
    ["x".repeat(10_240), false],
  ])("%j: %s", (text, isGood) => {
    expect(lineOfText(120).safeParse(text).success).toBe(isGood);
  });

  test("is trimmed; required and optional differ in what empty means", () => {
    expect(lineOfText(5).parse("  ab  ")).toBe("ab");
    expect(requiredLine(5, "needed").safeParse("   ").error?.issues[0]?.message).toBe("needed");
    for (const empty of ["", "  ", null, undefined]) expect(optionalLine(5).parse(empty)).toBeNull();
  });
});
