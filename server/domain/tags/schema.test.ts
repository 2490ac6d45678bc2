import { expect, test } from "vitest";
import { createTagSchema, deviceTagIdsSchema, mergeTagsSchema } from "./schema";

const [A, B] = ["01890000-0000-7000-8000-00000000000a", "01890000-0000-7000-8000-00000000000b"];

test.each([
  [{ name: " Pilot " }, { name: "Pilot", color: 0 }],
  [{ name: "" }, undefined],
  [{ name: "x".repeat(41) }, undefined],
  [{ name: "a\nb" }, undefined],
  [{ name: "Pilot", color: 99 }, undefined],
])("a tag %j", (input, expected) => {
  expect(createTagSchema.safeParse(input).data).toEqual(expected);
});

test.each([
  [{ sourceIds: [A], targetId: B }, []],
  [{ sourceIds: [], targetId: B }, ["sourceIds"]],
  [{ sourceIds: [A, B], targetId: B }, ["targetId"]],
])("merging %j", (input, fields) => {
  const issues = mergeTagsSchema.safeParse(input).error?.issues ?? [];
  expect(issues.map(({ path }) => path.join("."))).toEqual(fields);
});

test("a device has each tag once", () => {
  expect(deviceTagIdsSchema.parse([A, B, A])).toEqual([A, B]);
});
