import { expect, test } from "vitest";
import { tokenCsv, tokenQrText } from "./token-sheet";

const row = {
  farm: "Nordhof",
  target: "Milk meter",
  note: null,
  words: "barn-milk-tractor",
  token: "q0S5",
  expiresAt: new Date("2026-05-02T12:00:00Z"),
};

test("a table that spreadsheets read", () => {
  expect(tokenCsv([row])).toBe(
    "\ufeffFarm,For,Words,Token,Valid until,Note\r\nNordhof,Milk meter,barn-milk-tractor,q0S5,2026-05-02T12:00:00.000Z,\r\n",
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["+49 40", "'+49 40"],
  ["-1", "'-1"],
  ["@cmd", "'@cmd"],
  ["\tx", "'\tx"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["left, right", '"left, right"'],
  ['say "moo"', '"say ""moo"""'],
  ["two\nlines", '"two\nlines"'],
  ["harmless = text", "harmless = text"],
])("the note %j becomes %j", (note, cell) => {
  expect(tokenCsv([{ ...row, note }]).split("Z,")[1]).toBe(`${cell}\r\n`);
});

test("the code says token and server", () => {
  expect(tokenQrText("abc", "https://dairy.example:8443")).toBe("SMARTDAIRY-TOKEN:abc:https://dairy.example:8443");
});
