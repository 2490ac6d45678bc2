import { encode } from "uqr";
import { expect, test } from "vitest";
import { CODE_ERROR_LEVEL, codeModules } from "./code-size";

test("as large as the encoder makes it, for every length a label can have", () => {
  for (let length = 1; length <= 480; length++) {
    const text = "a".repeat(length);
    expect(codeModules(text)).toBe(encode(text, { ecc: CODE_ERROR_LEVEL, boostEcc: true, border: 0 }).size);
  }
});

test("counts bytes, not letters", () => {
  expect(codeModules("ক".repeat(20))).toBe(codeModules("a".repeat(60)));
  expect(codeModules(`SMARTDAIRY:EN123456:environmental:${"ক".repeat(100)}`)).toBeLessThanOrEqual(97);
});
