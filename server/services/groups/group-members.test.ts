import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { editDevice } from "@/server/services/devices/edit-device";
import { getDevice } from "@/server/services/devices/get-device";
import { listDevices } from "@/server/services/devices/list/list-devices";
import { provisionDevice } from "@/server/services/devices/provision-device";
import { actorWith, contextOf, testDevice, testFarm, wizardInput } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { deleteGroup } from "./delete-group";
import { findUnfitForGroup } from "./refuse-unfit-for-group";

const database = useTestDatabase();
let north: string;
let moor: string;
const groups = { meters: "", moor: "", everywhere: "", inner: "", archived: "" };

beforeAll(async () => {
  north = (await testFarm(database.db)).id;
  moor = (await testFarm(database.db)).id;
  const add = async (code: string, data: Record<string, unknown>) =>
    (await database.db.deviceGroup.create({ data: { name: code, code, ...data } })).id;
  groups.meters = await add("METERS", { farmId: north, deviceType: "milk_meter" });
  groups.moor = await add("MOOR", { farmId: moor });
  groups.everywhere = await add("EVERYWHERE", {});
  groups.inner = await add("INNER", { parentId: groups.everywhere, farmId: north });
  groups.archived = await add("ARCHIVED", { farmId: north, active: false });
});

beforeEach(async () => {
  await database.db.device.deleteMany();
});

const staff = () => actorWith("field_staff", north);
const edit = (deviceId: string, fields: Record<string, unknown>, actor = staff()) =>
  editDevice({ ctx: contextOf(database.db, actor), input: { deviceId, version: 1, name: "Stall 1", ...fields } });
const groupOf = async (deviceId: string) => (await database.db.device.findUniqueOrThrow({ where: { deviceId } })).groupId;

describe("a device's group", () => {
  test.each([
    ["meters", "milk_meter", undefined],
    ["everywhere", "collar", undefined],
    ["meters", "collar", /takes only milk meters/],
    ["moor", "milk_meter", /no such group/],
    ["archived", "milk_meter", /archived/],
  ] as const)("%s takes a %s: refusal %s", async (name, type, refusal) => {
    const { deviceId } = await testDevice(database.db, { farmId: north, type });
    const attempt = edit(deviceId, { groupId: groups[name] });
    if (refusal) await expect(attempt).rejects.toMatchObject({ fields: { groupId: refusal } });
    else await expect(attempt).resolves.toEqual({ version: 2 });
    expect(await groupOf(deviceId)).toBe(refusal ? null : groups[name]);
  });

  test("of another farm is refused to those who see both", async () => {
    const { deviceId } = await testDevice(database.db, { farmId: north });
    await expect(edit(deviceId, { groupId: groups.moor }, actorWith("admin"))).rejects.toMatchObject({
      code: "invalid_input",
      fields: { groupId: /another farm/ },
    });
  });

  test("stays when it is not mentioned, also an archived one; leaving it touches nothing else", async () => {
    const { deviceId } = await testDevice(database.db, { farmId: north, name: "Stall 1", groupId: groups.archived });
    await edit(deviceId, {});
    await edit(deviceId, { version: 2, groupId: groups.archived });
    expect(await groupOf(deviceId)).toBe(groups.archived);
    const before = await database.db.device.findUniqueOrThrow({ where: { deviceId } });
    await edit(deviceId, { version: 3, groupId: null });
    const { updatedAt: _, ...after } = await database.db.device.findUniqueOrThrow({ where: { deviceId } });
    expect({ ...before, groupId: null, version: 4 }).toMatchObject(after);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: deviceId }, orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ before: { group: "ARCHIVED" }, after: { group: null } });
  });

  test("can be chosen in the wizard, by the same rules", async () => {
    const provision = (overrides: Record<string, unknown>) =>
      provisionDevice({ ctx: contextOf(database.db, staff()), input: wizardInput(north, overrides) });
    await expect(provision({ type: "gate", groupId: groups.meters })).rejects.toMatchObject({ fields: { groupId: /only milk meters/ } });
    expect(await database.db.device.count()).toBe(0);
    await provision({ groupId: groups.meters });
    const view = await getDevice({ ctx: contextOf(database.db, staff()), input: { deviceId: "MM001" } });
    expect(view.group).toMatchObject({ code: "METERS" });
  });

  test("and a deletion at once: the device never points at nothing", async () => {
    const { id } = await database.db.deviceGroup.create({ data: { name: "Brief", code: "BRIEF", farmId: north } });
    const { deviceId } = await testDevice(database.db, { farmId: north });
    const [joined, deleted] = await Promise.allSettled([
      edit(deviceId, { groupId: id }),
      deleteGroup({ ctx: contextOf(database.db, actorWith("admin")), input: { id } }),
    ]);
    expect([joined.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
    if (joined.status === "rejected") expect(joined.reason).toMatchObject({ fields: { groupId: /no such group/ } });
  });
});

describe("many devices", () => {
  test("are judged with the same few statements", async () => {
    const fit = await testDevice(database.db, { farmId: north });
    const wrongType = await testDevice(database.db, { farmId: north, type: "collar" });
    const wrongFarm = await testDevice(database.db, { farmId: moor });
    const find = (keys: string[]) => database.db.$transaction((tx) => findUnfitForGroup(tx, staff(), groups.meters, keys));
    expect(await find([fit.id, wrongType.id, wrongFarm.id])).toEqual(
      new Map([
        [wrongType.id, "METERS takes only milk meters"],
        [wrongFarm.id, "METERS belongs to another farm"],
      ]),
    );
    const [one, three] = [
      await countStatements(() => find([fit.id])),
      await countStatements(() => find([fit.id, wrongType.id, wrongFarm.id])),
    ];
    expect(three).toBe(one);
  });
});

describe("the device list", () => {
  test("of a group, with and without its sub-groups, on the caller's farms only", async () => {
    const own = await testDevice(database.db, { farmId: north, groupId: groups.everywhere });
    const inner = await testDevice(database.db, { farmId: north, groupId: groups.inner });
    const theirs = await testDevice(database.db, { farmId: moor, groupId: groups.everywhere });
    const list = async (input: Record<string, unknown>, actor = staff()) =>
      (await listDevices({ ctx: contextOf(database.db, actor), input: { groupIds: [groups.everywhere], ...input } })).devices.map(
        ({ deviceId }) => deviceId,
      );
    expect(await list({ includeSubgroups: false })).toEqual([own.deviceId]);
    expect(await list({ includeSubgroups: true })).toEqual([own.deviceId, inner.deviceId]);
    expect(await list({ includeSubgroups: true }, actorWith("admin"))).toEqual([own.deviceId, inner.deviceId, theirs.deviceId]);
  });
});
