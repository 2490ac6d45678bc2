import { describe, expect, test } from "vitest";
import { byteRangeOf, isKnown, mayResume } from "./byte-range";

describe("the range of a file of 1,000 bytes", () => {
  test.each([
    [null, "whole"],
    ["", "whole"],
    ["bytes=0-99", { start: 0, end: 99 }],
    ["bytes=0-0", { start: 0, end: 0 }],
    ["Bytes=0-99", { start: 0, end: 99 }],
    ["bytes= 5-9 ", { start: 5, end: 9 }],
    ["bytes=900-", { start: 900, end: 999 }],
    ["bytes=900-5000", { start: 900, end: 999 }],
    ["bytes=999-", { start: 999, end: 999 }],
    ["bytes=-1", { start: 999, end: 999 }],
    ["bytes=-5000", { start: 0, end: 999 }],
    ["bytes=0-99999999999999999999", { start: 0, end: 999 }],
    ["bytes=1000-", "unsatisfiable"],
    ["bytes=1000-1001", "unsatisfiable"],
    ["bytes=99999999999999999999-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=9-5", "whole"],
    ["bytes=-", "whole"],
    ["bytes=0-1,5-6", "whole"],
    ["bytes=a-b", "whole"],
    ["bytes=0x1-", "whole"],
    ["lines=0-1", "whole"],
  ])("%j is %j", (header, expected) => {
    expect(byteRangeOf(header, 1_000)).toEqual(expected);
  });
});

test.each([
  [null, false],
  ['"abc"', true],
  ['W/"abc"', true],
  ['"x", "abc"', true],
  ["*", true],
  ['"x"', false],
  ["abc", false],
])("If-None-Match %j: %j", (header, expected) => {
  expect(isKnown(header, '"abc"')).toBe(expected);
});

test.each([
  [null, true],
  ['"abc"', true],
  ['W/"abc"', false],
  ['"x"', false],
  ["Wed, 21 Oct 2026 07:28:00 GMT", false],
])("If-Range %j: %j", (header, expected) => {
  expect(mayResume(header, '"abc"')).toBe(expected);
});
