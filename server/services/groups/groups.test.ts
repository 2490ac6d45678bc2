import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { getGroup } from "./get-group";
import { listGroups } from "./list-groups";
import { moveGroup } from "./move-group";
import { setGroupActive } from "./set-group-active";
import { updateGroup } from "./update-group";

const database = useTestDatabase();
const ADMIN = actorWith("admin");
let north: string;
let moor: string;
let number = 0;

beforeEach(async () => {
  const { db } = database;
  await db.device.deleteMany();
  await db.$executeRaw`DELETE FROM device_group`;
  await db.farm.deleteMany();
  north = (await testFarm(db, { name: "Nordhof" })).id;
  moor = (await testFarm(db, { name: "Moorland" })).id;
});

const ctxOf = (actor = ADMIN) => contextOf(database.db, actor);
const groupInput = (overrides: Record<string, unknown> = {}) => ({ name: "Group", code: `G-${++number}`, farmId: north, ...overrides });

async function create(name: string, overrides: Record<string, unknown> = {}, actor = ADMIN): Promise<string> {
  return (await createGroup({ ctx: ctxOf(actor), input: groupInput({ name, ...overrides }) })).id;
}

const move = (id: string, parentId: string | null, beforeId: string | null = null, actor = ADMIN) =>
  moveGroup({ ctx: ctxOf(actor), input: { id, parentId, beforeId } });
const setActive = (id: string, active: boolean, actor = ADMIN) => setGroupActive({ ctx: ctxOf(actor), input: { id, active } });
const remove = (id: string, actor = ADMIN) => deleteGroup({ ctx: ctxOf(actor), input: { id } });
const list = (input: unknown = {}, actor = ADMIN) => listGroups({ ctx: ctxOf(actor), input });
const names = async (input: unknown = {}, actor = ADMIN) => (await list(input, actor)).map(({ path }) => path.join(" / "));

async function update(id: string, overrides: Record<string, unknown> = {}, actor = ADMIN) {
  const { updatedAt, code, farmId, deviceType, name } = await database.db.deviceGroup.findUniqueOrThrow({ where: { id } });
  return updateGroup({ ctx: ctxOf(actor), input: { id, updatedAt, code, farmId, deviceType, name, ...overrides } });
}

describe("the tree of groups", () => {
  const online = { connected: true, lastSeenAt: new Date() };

  test("counts devices and who is online, rolled up, in one statement", async () => {
    const parlour = await create("Parlour");
    const left = await create("Left", { parentId: parlour });
    const pit = await create("Pit", { parentId: left });
    for (const [groupId, state] of [
      [parlour, {}],
      [left, online],
      [pit, online],
      [pit, { connected: true, lastSeenAt: new Date(Date.now() - 3_600_000) }],
    ] as const)
      await testDevice(database.db, { farmId: north, groupId, state });
    await testDevice(database.db, { farmId: north, groupId: pit, lifecycle: "decommissioned" });
    const groups = await list();
    expect(groups.map((group) => [group.name, group.depth, group.deviceCount, group.totalDeviceCount, group.totalOnlineCount])).toEqual([
      ["Parlour", 0, 1, 4, 2],
      ["Left", 1, 1, 3, 2],
      ["Pit", 2, 2, 2, 1],
    ]);
    expect(await countStatements(() => list())).toBe(1);
  });

  test("shows what spans farms to all, but counts the caller's devices only", async () => {
    const all = await create("Everywhere", { farmId: null });
    await create("Nordhof part", { parentId: all });
    await create("Moorland part", { farmId: moor, parentId: all });
    await testDevice(database.db, { farmId: north, groupId: all, state: online });
    await testDevice(database.db, { farmId: moor, groupId: all, state: online });
    const manager = actorWith("farm_manager", north);
    expect(await list({}, manager)).toMatchObject([
      { name: "Everywhere", totalDeviceCount: 1, totalOnlineCount: 1, editable: false },
      { name: "Nordhof part", editable: true },
    ]);
    expect(await list({ farmId: moor }, manager)).toMatchObject([{ name: "Everywhere", totalDeviceCount: 0 }]);
    expect(await list({ farmId: moor })).toMatchObject([{ name: "Everywhere", totalDeviceCount: 1 }, { name: "Moorland part" }]);
    expect(await list({}, actorWith("viewer", north))).toMatchObject([{ editable: false }, { editable: false }]);
    expect(await names({}, actorWith("viewer"))).toEqual(["Everywhere"]);
  });

  test("one group comes with its way up and what is below", async () => {
    const parlour = await create("Parlour");
    const left = await create("Left", { parentId: parlour });
    await create("Pit", { parentId: left });
    expect(await getGroup({ ctx: ctxOf(actorWith("viewer", north)), input: { id: left } })).toMatchObject({
      name: "Left",
      ancestors: [{ id: parlour, name: "Parlour" }],
      children: [{ name: "Pit" }],
    });
    await expect(getGroup({ ctx: ctxOf(actorWith("viewer", moor)), input: { id: left } })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("creating and editing", () => {
  test("a code is taken once over all farms, also when five choose it at once", async () => {
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => create("Same", { code: "same" })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", fields: { code: /SAME is taken/ } });
  });

  test("who may: managers on their farm; what spans farms is for admins", async () => {
    const id = await create("Theirs");
    for (const role of ["field_staff", "viewer"] as const) {
      await expect(create("New", {}, actorWith(role, north))).rejects.toMatchObject({ code: "forbidden" });
      await expect(update(id, {}, actorWith(role, north))).rejects.toMatchObject({ code: "forbidden" });
    }
    const manager = actorWith("farm_manager", north);
    await expect(create("New", { farmId: null }, manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(create("New", { farmId: moor }, manager)).rejects.toMatchObject({ code: "not_found" });
    await expect(update(id, { farmId: null }, manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(update(id, { name: "Renamed" }, manager)).resolves.toMatchObject({ id });
    await expect(update(id, {}, actorWith("farm_manager", moor))).rejects.toMatchObject({ code: "not_found" });
    await expect(create("New", { farmId: crypto.randomUUID() })).rejects.toMatchObject({ code: "not_found", fields: { farmId: /./ } });
    expect(await database.db.auditEvent.count({ where: { farmId: north, action: "group.edited" } })).toBe(1);
  });

  test("a parent of another farm, or one out of sight, is refused at its field", async () => {
    const theirs = await create("Theirs", { farmId: moor });
    await expect(create("New", { parentId: theirs })).rejects.toMatchObject({ code: "invalid_input", fields: { parentId: /same farm/ } });
    await expect(create("New", { parentId: theirs }, actorWith("farm_manager", north))).rejects.toMatchObject({
      code: "not_found",
      fields: { parentId: /no such group/ },
    });
  });

  test("of two people who edit the same state, the later one overwrites nothing", async () => {
    const id = await create("Group");
    const { updatedAt } = await database.db.deviceGroup.findUniqueOrThrow({ where: { id } });
    const results = await Promise.allSettled(["A", "B", "C"].map((name) => update(id, { name, updatedAt })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", message: /Somebody else/ });
  });

  test("a filter cannot be narrowed past the devices that are in it; retired ones do not count", async () => {
    const id = await create("Everywhere", { farmId: null });
    await testDevice(database.db, { farmId: north, groupId: id, type: "collar" });
    await testDevice(database.db, { farmId: moor, groupId: id, type: "gate", lifecycle: "decommissioned" });
    await expect(update(id, { deviceType: "gate" })).rejects.toMatchObject({
      code: "conflict",
      fields: { deviceType: /1 device is in it/ },
    });
    await expect(update(id, { farmId: moor })).rejects.toMatchObject({ code: "conflict", fields: { farmId: /1 device is in it/ } });
    await expect(update(id, { deviceType: "collar", farmId: north })).resolves.toBeDefined();
  });

  test("a farm cannot be changed against the tree", async () => {
    const parent = await create("Parent");
    const child = await create("Child", { parentId: parent });
    await expect(update(child, { farmId: moor })).rejects.toMatchObject({ fields: { farmId: /same farm/ } });
    await expect(update(parent, { farmId: moor })).rejects.toMatchObject({ fields: { farmId: /Child/ } });
    await expect(update(parent, { farmId: null })).resolves.toBeDefined();
  });
});

describe("moving", () => {
  test("takes everything below along and orders the neighbours of the same farm", async () => {
    const [a, b, c] = [await create("A"), await create("B"), await create("C")];
    await create("A1", { parentId: a });
    await create("Moor", { farmId: moor });
    await move(c, null, a);
    expect(await names({ farmId: north })).toEqual(["C", "A", "A / A1", "B"]);
    await move(a, b);
    expect(await names({ farmId: north })).toEqual(["C", "B", "B / A", "B / A / A1"]);
    await move(b, null, c);
    await move(a, null);
    expect(await names({ farmId: north })).toEqual(["B", "C", "A", "A / A1"]);
    expect(await database.db.deviceGroup.findFirstOrThrow({ where: { farmId: moor } })).toMatchObject({ sequence: 10 });
  });

  test("does not spoil a form that somebody has open", async () => {
    const id = await create("A");
    const { updatedAt } = await database.db.deviceGroup.findUniqueOrThrow({ where: { id } });
    await move(id, await create("B"));
    await expect(update(id, { updatedAt })).resolves.toBeDefined();
  });

  test("refuses circles, other farms and foreign neighbours at their fields", async () => {
    const a = await create("A");
    const a1 = await create("A1", { parentId: a });
    const theirs = await create("Theirs", { farmId: moor });
    await expect(move(a, a)).rejects.toMatchObject({ fields: { parentId: /inside itself/ } });
    await expect(move(a, a1)).rejects.toMatchObject({ fields: { parentId: /inside itself/ } });
    await expect(move(theirs, a)).rejects.toMatchObject({ fields: { parentId: /same farm/ } });
    await expect(move(a, null, a1)).rejects.toMatchObject({ fields: { beforeId: /./ } });
    await expect(move(a, null, theirs)).rejects.toMatchObject({ fields: { beforeId: /./ } });
    await expect(move(a, null, null, actorWith("field_staff", north))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of moves at once that together would make a circle, one is refused", async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await create("A"), await create("B")];
      const [a1, b1] = [await create("A1", { parentId: a }), await create("B1", { parentId: b })];
      const results = await Promise.allSettled([move(a, b1), move(b, a1)]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect((await list()).filter(({ id }) => [a, b, a1, b1].includes(id))).toHaveLength(4);
    }
  });
});

describe("archiving and deleting", () => {
  test("archives with everything below, hides, and brings back; devices stay", async () => {
    const parlour = await create("Parlour");
    const left = await create("Left", { parentId: parlour });
    const { deviceId } = await testDevice(database.db, { farmId: north, groupId: left });
    const before = await database.db.device.findUniqueOrThrow({ where: { deviceId } });
    expect(await setActive(parlour, false)).toEqual({ changed: 2 });
    expect(await setActive(parlour, false)).toEqual({ changed: 0 });
    expect(await names()).toEqual([]);
    expect(await names({ archived: true })).toEqual(["Parlour", "Parlour / Left"]);
    await expect(setActive(left, true)).rejects.toMatchObject({ code: "conflict", message: /Parlour is archived too/ });
    await expect(create("New", { parentId: left })).rejects.toMatchObject({ fields: { parentId: /archived/ } });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toEqual(before);
    expect(await setActive(parlour, true)).toEqual({ changed: 2 });
    expect(await database.db.auditEvent.count({ where: { farmId: north, action: { in: ["group.archived", "group.restored"] } } })).toBe(2);
  });

  test("only what is empty is deleted; retired devices do not hold it", async () => {
    const parlour = await create("Parlour");
    const left = await create("Left", { parentId: parlour });
    const device = await testDevice(database.db, { farmId: north, groupId: left });
    await expect(remove(parlour)).rejects.toMatchObject({ code: "conflict", message: /holds 1 sub-group\./ });
    await expect(remove(left)).rejects.toMatchObject({ code: "conflict", message: /holds 1 device\./ });
    await expect(remove(left, actorWith("field_staff", north))).rejects.toMatchObject({ code: "forbidden" });
    await database.db.device.update({ where: { id: device.id }, data: { lifecycle: "decommissioned" } });
    await remove(left);
    await remove(parlour, actorWith("farm_manager", north));
    expect(await names({ archived: true })).toEqual([]);
    await expect(remove(left)).rejects.toMatchObject({ code: "not_found" });
  });
});
