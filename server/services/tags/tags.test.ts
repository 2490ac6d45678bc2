import { beforeEach, describe, expect, test } from "vitest";
import { editDevice } from "@/server/services/devices/edit-device";
import { listDevices } from "@/server/services/devices/list/list-devices";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { createTag } from "./create-tag";
import { deleteTag } from "./delete-tag";
import { listTags } from "./list-tags";
import { mergeTags } from "./merge-tags";
import { updateTag } from "./update-tag";

const database = useTestDatabase();
const ADMIN = actorWith("admin");
let north: string;
let moor: string;

beforeEach(async () => {
  const { db } = database;
  await db.device.deleteMany();
  await db.deviceTag.deleteMany();
  north = (await testFarm(db)).id;
  moor = (await testFarm(db)).id;
});

const ctxOf = (actor = ADMIN) => contextOf(database.db, actor);
const create = async (name: string, actor = ADMIN) => (await createTag({ ctx: ctxOf(actor), input: { name, color: 3 } })).id;
const merge = (sourceIds: string[], targetId: string, actor = ADMIN) => mergeTags({ ctx: ctxOf(actor), input: { sourceIds, targetId } });
const tagged = (farmId: string, ...tagIds: string[]) =>
  testDevice(database.db, { farmId, name: "Stall 1", tags: { connect: tagIds.map((id) => ({ id })) } });
const edit = (deviceId: string, version: number, tagIds: string[] | undefined, actor = actorWith("field_staff", north)) =>
  editDevice({ ctx: ctxOf(actor), input: { deviceId, version, name: "Stall 1", tagIds } });
const tagsOf = async (deviceId: string) =>
  (await database.db.device.findUniqueOrThrow({ where: { deviceId }, include: { tags: { orderBy: { name: "asc" } } } })).tags.map(
    ({ name }) => name,
  );

describe("tags", () => {
  test("are listed by name, with the caller's devices counted, in one statement", async () => {
    const [pilot, rented] = [await create("pilot"), await create("Rented")];
    await tagged(north, pilot, rented);
    await tagged(moor, pilot);
    await testDevice(database.db, { farmId: north, lifecycle: "decommissioned", tags: { connect: { id: pilot } } });
    const list = async (actor = ADMIN) => (await listTags({ ctx: ctxOf(actor) })).map(({ name, deviceCount }) => [name, deviceCount]);
    expect(await list()).toEqual([
      ["pilot", 2],
      ["Rented", 1],
    ]);
    expect(await list(actorWith("viewer", north))).toEqual([
      ["pilot", 1],
      ["Rented", 1],
    ]);
    expect(await list(actorWith("viewer"))).toEqual([
      ["pilot", 0],
      ["Rented", 0],
    ]);
    expect(await countStatements(() => list())).toBe(1);
  });

  test("names that differ in case only are one, also when five add them at once", async () => {
    const results = await Promise.allSettled(["Pilot", "pilot", "PILOT", "Pilot", "piLot"].map((name) => create(name)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", fields: { name: /already/ } });
  });

  test("who may: staff add, admins change", async () => {
    const id = await create("By staff", actorWith("field_staff", north));
    await expect(create("By a viewer", actorWith("viewer", north))).rejects.toMatchObject({ code: "forbidden" });
    const manager = actorWith("farm_manager", north);
    const input = { id, name: "Renamed", color: 5 };
    await expect(updateTag({ ctx: ctxOf(manager), input })).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteTag({ ctx: ctxOf(manager), input })).rejects.toMatchObject({ code: "forbidden" });
    await expect(merge([id], await create("Other"), manager)).rejects.toMatchObject({ code: "forbidden" });
    await updateTag({ ctx: ctxOf(), input });
    await expect(updateTag({ ctx: ctxOf(), input: { ...input, name: "OTHER" } })).rejects.toMatchObject({ fields: { name: /Other/ } });
    expect(await listTags({ ctx: ctxOf() })).toMatchObject([{ name: "Other" }, { name: "Renamed", color: 5 }]);
  });

  test("are taken off every device when they are deleted", async () => {
    const id = await create("Gone");
    const { deviceId } = await tagged(north, id);
    await deleteTag({ ctx: ctxOf(), input: { id } });
    expect(await tagsOf(deviceId)).toEqual([]);
    await expect(deleteTag({ ctx: ctxOf(), input: { id } })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("merging", () => {
  test("gives every device the target once; a repeat changes nothing", async () => {
    const [a, b, target] = [await create("A"), await create("B"), await create("Target")];
    const devices = [await tagged(north, a), await tagged(moor, a, b), await tagged(north, b, target), await tagged(north)];
    expect(await merge([a, b], target)).toEqual({ devices: 2 });
    expect(await Promise.all(devices.map(({ deviceId }) => tagsOf(deviceId)))).toEqual([["Target"], ["Target"], ["Target"], []]);
    expect(await merge([a, b], target)).toEqual({ devices: 0 });
    expect(await database.db.auditEvent.count({ where: { action: "tag.merged", subjectId: "Target" } })).toBe(1);
    await expect(merge([target], a)).rejects.toMatchObject({ code: "not_found" });
  });

  test("takes the same statements for one device and for many", async () => {
    const target = await create("Target");
    const [few, many] = [await create("Few"), await create("Many")];
    await tagged(north, few);
    for (let count = 0; count < 20; count++) await tagged(north, many);
    expect(await countStatements(() => merge([many], target))).toBe(await countStatements(() => merge([few], target)));
  });

  test("each into the other at once: one stays, with every device", async () => {
    const [a, b] = [await create("A"), await create("B")];
    const devices = [await tagged(north, a), await tagged(north, b)];
    await Promise.allSettled([merge([a], b), merge([b], a)]);
    const left = await listTags({ ctx: ctxOf() });
    expect(left).toMatchObject([{ deviceCount: devices.length }]);
  });
});

describe("a device's tags", () => {
  test("are set as a whole, audited by name, and stay when they are not mentioned", async () => {
    const [a, b] = [await create("A"), await create("B")];
    const { deviceId } = await tagged(north, a);
    await edit(deviceId, 1, [b, b]);
    expect(await tagsOf(deviceId)).toEqual(["B"]);
    await edit(deviceId, 2, undefined);
    expect(await tagsOf(deviceId)).toEqual(["B"]);
    const [first, second] = await database.db.auditEvent.findMany({ where: { subjectId: deviceId }, orderBy: { seq: "asc" } });
    expect(first).toMatchObject({ before: { tags: ["A"] }, after: { tags: ["B"] } });
    expect(second?.after).not.toHaveProperty("tags");
    await edit(deviceId, 3, []);
    expect(await tagsOf(deviceId)).toEqual([]);
  });

  test("a tag that is gone is refused at its field; the device keeps what it had", async () => {
    const [a, b] = [await create("A"), await create("B")];
    const { deviceId } = await tagged(north, a);
    await deleteTag({ ctx: ctxOf(), input: { id: b } });
    await expect(edit(deviceId, 1, [a, b])).rejects.toMatchObject({ code: "not_found", fields: { tagIds: /gone/ } });
    expect(await tagsOf(deviceId)).toEqual(["A"]);
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({ version: 1 });
  });

  test("and a merge at once: no tag is lost", async () => {
    const [a, b] = [await create("A"), await create("B")];
    const { deviceId } = await tagged(north);
    const [tagging] = await Promise.allSettled([edit(deviceId, 1, [a]), merge([a], b)]);
    expect(await tagsOf(deviceId)).toEqual(tagging.status === "fulfilled" ? ["B"] : []);
  });

  test("filter the device list", async () => {
    const [a, b] = [await create("A"), await create("B")];
    const [one, two] = [await tagged(north, a), await tagged(north, b)];
    await tagged(north);
    const list = async (tagIds: string[]) =>
      (await listDevices({ ctx: ctxOf(), input: { tagIds } })).devices.map(({ deviceId, tags }) => [deviceId, tags.length]);
    expect(await list([a])).toEqual([[one.deviceId, 1]]);
    expect(await list([a, b])).toEqual([
      [one.deviceId, 1],
      [two.deviceId, 1],
    ]);
  });
});
