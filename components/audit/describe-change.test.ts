import { expect, test } from "vitest";
import { changesOf, fieldName } from "./describe-change";

test("only what differs, what was and is not there as nothing", () => {
  expect(changesOf({ name: "A", count: 1, same: [1, 2], gone: "x" }, { name: "B", count: 0, same: [1, 2], made: true })).toEqual([
    { field: "name", before: "A", after: "B" },
    { field: "count", before: "1", after: "0" },
    { field: "gone", before: "x", after: null },
    { field: "made", before: null, after: "true" },
  ]);
  expect(changesOf(null, { list: [{ a: 1 }] })).toEqual([{ field: "list", before: null, after: '[{"a":1}]' }]);
  expect(changesOf({ a: null }, { a: "" })).toEqual([]);
  expect(changesOf("text", undefined)).toEqual([]);
});

test.each([
  ["plannedFor", "planned for"],
  ["freeze_until", "freeze until"],
  ["name", "name"],
])("%s reads %s", (field, name) => {
  expect(fieldName(field)).toBe(name);
});
