import { describe, expect, test } from "vitest";
import { joinRefusal, MAX_GROUP_LEVELS, mayPrecede, placementRefusal, planDrop, proposeGroupCode } from "./policy";
import { createGroupSchema, updateGroupSchema } from "./schema";
import { findInTree, type GroupNode, heightOf, lineageOf, nodesById, toTree } from "./tree";

const node = (id: string, parentId: string | null, farmId: string | null = "north", active = true): GroupNode & { code: string } => ({
  id,
  name: `Group ${id}`,
  code: id.toUpperCase(),
  parentId,
  farmId,
  active,
});

/** all(cross) ─ parlour(north) ─ left ─ pit;  barn(north);  moor(moor);  old(north, archived);  cold(cross) */
const NODES = [
  node("all", null, null),
  node("parlour", "all"),
  node("left", "parlour"),
  node("pit", "left"),
  node("barn", null),
  node("moor", null, "moor"),
  node("old", null, "north", false),
  node("cold", null, null),
];
const TREE = nodesById(NODES);

describe("which devices may join a group", () => {
  const group = { name: "Parlour", farmId: "north", deviceType: "milk_meter" as const, active: true };
  test.each([
    ["its farm and type", group, undefined],
    ["any type", { ...group, deviceType: null }, undefined],
    ["every farm", { ...group, farmId: null }, undefined],
    ["another farm", { ...group, farmId: "moor" }, "Parlour belongs to another farm"],
    ["another type", { ...group, deviceType: "collar" as const }, "Parlour takes only activity collars"],
    ["another type, every farm", { ...group, farmId: null, deviceType: "gate" as const }, "Parlour takes only automated gates"],
    ["archived", { ...group, active: false }, "Parlour is archived, choose another group"],
  ])("%s", (_, rules, refusal) => {
    expect(joinRefusal(rules, { farmId: "north", type: "milk_meter" })).toBe(refusal);
  });
});

describe("where a group may stand", () => {
  test.each([
    ["at the top", "left", null, undefined],
    ["beside its farm's groups", "left", "barn", undefined],
    ["where it stands already", "left", "parlour", undefined],
    ["under what spans farms", "moor", "cold", undefined],
    ["what spans farms under the same", "cold", "all", undefined],
    ["under itself", "parlour", "parlour", "inside_itself"],
    ["under its child", "parlour", "left", "inside_itself"],
    ["under its grandchild", "parlour", "pit", "inside_itself"],
    ["under another farm's group", "moor", "barn", "other_farm"],
    ["what spans farms under a farm's group", "cold", "barn", "other_farm"],
    ["under an archived group", "left", "old", "archived_parent"],
    ["under a group that is not there", "left", "nowhere", "unknown_parent"],
  ])("%s", (_, id, parentId, refusal) => {
    expect(placementRefusal(TREE, TREE.get(id)!, parentId)).toBe(refusal);
  });

  test("a new one, by the same rules", () => {
    expect(placementRefusal(TREE, { farmId: "north" }, "pit")).toBeUndefined();
    expect(placementRefusal(TREE, { farmId: "moor" }, "pit")).toBe("other_farm");
  });

  test(`never below level ${MAX_GROUP_LEVELS}, counting what comes along`, () => {
    const chain = Array.from({ length: MAX_GROUP_LEVELS }, (_, index) => node(`n${index}`, index === 0 ? null : `n${index - 1}`));
    const tree = nodesById([...chain, node("pair", null), node("half", "pair")]);
    expect(placementRefusal(tree, { farmId: "north" }, `n${MAX_GROUP_LEVELS - 1}`)).toBe("too_deep");
    expect(placementRefusal(tree, { farmId: "north" }, `n${MAX_GROUP_LEVELS - 2}`)).toBeUndefined();
    expect(placementRefusal(tree, tree.get("pair")!, `n${MAX_GROUP_LEVELS - 2}`)).toBe("too_deep");
    expect(placementRefusal(tree, tree.get("pair")!, `n${MAX_GROUP_LEVELS - 3}`)).toBeUndefined();
  });

  test.each([
    ["a neighbour", "barn", null, "old", true],
    ["a group elsewhere", "barn", null, "left", false],
    ["a neighbour of another farm", "barn", null, "moor", false],
    ["itself", "barn", null, "barn", false],
    ["nothing", "barn", null, "nowhere", false],
  ])("before %s", (_, id, parentId, beforeId, allowed) => {
    expect(mayPrecede(TREE.get(id)!, parentId, TREE.get(beforeId))).toBe(allowed);
  });
});

describe("dropping one group on another", () => {
  const flat = ["a", "b", "c", "d"].map((id) => node(id, null)).concat(node("b1", "b"), node("moor", null, "moor"));
  test.each([
    ["d", "b", "before", { parentId: null, beforeId: "b" }],
    ["d", "b", "inside", { parentId: "b", beforeId: null }],
    ["d", "b", "after", { parentId: null, beforeId: "c" }],
    ["b", "d", "after", { parentId: null, beforeId: null }],
    ["b", "a", "after", { parentId: null, beforeId: "c" }],
    ["b1", "a", "before", { parentId: null, beforeId: "a" }],
    ["b", "b1", "inside", undefined],
    ["b", "b1", "before", undefined],
    ["b", "b", "inside", undefined],
    ["moor", "a", "before", undefined],
    ["moor", "a", "inside", undefined],
    ["gone", "a", "inside", undefined],
  ] as const)("%s on %s, %s", (id, targetId, zone, expected) => {
    expect(planDrop(flat, id, targetId, zone)).toEqual(expected && { id, ...expected });
  });
});

test.each([
  ["Left side", "NORD", "NORD-LEFT-SIDE"],
  ["Kälberstall (groß)", undefined, "KALBERSTALL-GROSS"],
  ["  ", "NORD", ""],
  ["x".repeat(80), "NORD", `NORD-${"X".repeat(27)}`],
])("the code proposed for %j", (name, farmCode, code) => {
  expect(proposeGroupCode(name, farmCode)).toBe(code);
});

describe("the tree", () => {
  test("lineage and height", () => {
    expect(lineageOf(TREE, "pit").map(({ id }) => id)).toEqual(["all", "parlour", "left", "pit"]);
    expect(lineageOf(TREE, "nowhere")).toEqual([]);
    expect(["all", "left", "pit"].map((id) => heightOf(TREE, id))).toEqual([4, 2, 1]);
  });

  test("rows that form a circle end", () => {
    const circle = nodesById([node("a", "b"), node("b", "a")]);
    expect(lineageOf(circle, "a")).toHaveLength(2);
    expect(heightOf(circle, "a")).toBeGreaterThan(0);
  });

  test("of a list without some parents", () => {
    const tree = toTree(NODES.filter(({ id }) => id !== "parlour"));
    expect(tree.map(({ group }) => group.id)).toEqual(["all", "left", "barn", "moor", "old", "cold"]);
    expect(tree[1]?.children.map(({ group }) => group.id)).toEqual(["pit"]);
  });

  test.each([
    ["pit", ["all", "parlour", "left", "pit"]],
    ["  MOOR ", ["moor"]],
    ["", NODES.map(({ id }) => id)],
    ["nothing", []],
  ])("search %j", (search, expected) => {
    expect(findInTree(NODES, search).map(({ id }) => id)).toEqual(expected);
  });
});

describe("what people enter", () => {
  const input = { name: " Left side ", code: " nord-left ", farmId: null };

  test("is put in order", () => {
    expect(createGroupSchema.parse(input)).toEqual({
      name: "Left side",
      code: "NORD-LEFT",
      description: null,
      farmId: null,
      deviceType: null,
      color: 0,
      healthCheckIntervalSeconds: 60,
      offlineAlertThreshold: 1,
      parentId: null,
    });
  });

  test.each([
    ["code", { code: "x" }],
    ["code", { code: "-AB" }],
    ["code", { code: "A B" }],
    ["name", { name: " " }],
    ["farmId", { farmId: undefined }],
    ["farmId", { farmId: "NORD" }],
    ["color", { color: 12 }],
    ["color", { color: 1.5 }],
    ["deviceType", { deviceType: "tractor" }],
    ["healthCheckIntervalSeconds", { healthCheckIntervalSeconds: 9 }],
    ["healthCheckIntervalSeconds", { healthCheckIntervalSeconds: NaN }],
    ["offlineAlertThreshold", { offlineAlertThreshold: 0 }],
    ["sequence", { sequence: -1 }],
  ])("a bad %s is named: %j", (field, overrides) => {
    const result = createGroupSchema.safeParse({ ...input, ...overrides });
    expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });

  test("an edit says what it was based on", () => {
    expect(updateGroupSchema.safeParse({ ...input, id: crypto.randomUUID() }).error?.issues[0]?.path).toEqual(["updatedAt"]);
  });
});
