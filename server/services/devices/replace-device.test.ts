import { beforeEach, describe, expect, test } from "vitest";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { authenticateDevices } from "@/server/services/provisioning/authenticate-devices";
import { rotateCredentials } from "@/server/services/provisioning/rotate-credentials";
import { actorWith, contextOf, requestKey, testDevice, testFarm, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { findSpares } from "./find-spares";
import { getDevice } from "./get-device";
import { registerDevice } from "./register-device";
import { replaceDevice } from "./replace-device";

const database = useTestDatabase();
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

const ctx = (actor = actorWith("farm_manager", farmId)) => contextOf(database.db, actor);
const replace = (input: Record<string, unknown>, of = ctx()) =>
  replaceDevice({ ctx: of, input: { unit: "new", reason: "Housing cracked", requestKey: requestKey(), ...input } });
const mayConnect = async (deviceId: string, password: string) =>
  (await authenticateDevices(database.db, [{ deviceId, secret: Buffer.from(password) }]))[0]?.allowed;

async function fittedDevice() {
  const { db } = database;
  const group = await db.deviceGroup.create({ data: { farmId, name: "Parlour", code: `P-${requestKey().slice(0, 6)}` } });
  const device = await testDevice(db, {
    farmId,
    deviceId: "MM007",
    name: "Stall 7",
    location: "Milking parlour",
    groupId: group.id,
    lifecycle: "active",
    firstConnectedAt: new Date(),
    manufacturer: "Lactoflow",
    model: "LF-200",
    serialNumber: "S-1",
    macAddress: "02:00:00:00:00:01",
    powerSource: "mains",
    connectionType: "ethernet",
    lowBatteryThreshold: 30,
    healthCheckIntervalSeconds: 120,
    calibrationIntervalDays: 90,
    healthRule: { create: { lowBatteryThreshold: 30, elevatedErrors: 8 } },
    tags: { create: [{ name: `left ${requestKey()}` }, { name: `new ${requestKey()}` }] },
    maintenance: { create: { type: "repair", title: "Seal", status: "done" } },
    state: { connected: true, needsAttention: true },
  });
  return { ...device, groupId: group.id };
}

describe("replacing a device", () => {
  test("the new unit takes the place, the old one keeps its history and is out", async () => {
    const old = await fittedDevice();
    const { commandId } = await identifyDevice({ ctx: contextOf(database.db, actorWith("admin")), input: { deviceId: old.deviceId } });
    const answer = await replace({ deviceId: old.deviceId, manufacturer: "Lactoflow", model: "LF-300", serialNumber: "S-2" });
    expect(answer.device).toMatchObject({ deviceId: "MM008", name: "Stall 7", type: "milk_meter" });
    const unit = await database.db.device.findUniqueOrThrow({
      where: { deviceId: "MM008" },
      include: { tags: true, maintenance: true, replaces: true, state: true },
    });
    expect(unit).toMatchObject({
      name: "Stall 7",
      location: "Milking parlour",
      groupId: old.groupId,
      model: "LF-300",
      serialNumber: "S-2",
      powerSource: "mains",
      connectionType: "ethernet",
      lowBatteryThreshold: 30,
      elevatedErrors: 8,
      healthCheckIntervalSeconds: 120,
      calibrationIntervalDays: 90,
      calibrationStatus: "due",
      lifecycle: "provisioned",
      maintenance: [],
      replaces: { deviceId: "MM007" },
      state: { needsAttention: true },
    });
    expect(unit.tags).toHaveLength(2);
    const gone = await database.db.device.findUniqueOrThrow({
      where: { id: old.id },
      include: { maintenance: true, tags: true, state: true },
    });
    expect(gone).toMatchObject({ lifecycle: "decommissioned", decommissionReason: "Housing cracked", replacedById: unit.id });
    expect([gone.maintenance.length, gone.tags.length, gone.state?.needsAttention]).toEqual([1, 2, false]);
    expect(await mayConnect("MM007", old.password)).toBe(false);
    expect(await mayConnect("MM008", answer.credentials?.mqtt.password ?? "")).toBe(true);
    expect(await database.db.deviceCommand.findUniqueOrThrow({ where: { id: commandId } })).toMatchObject({ state: "cancelled" });
    const view = (deviceId: string) => getDevice({ ctx: ctx(), input: { deviceId } });
    expect([(await view("MM007")).replacedBy, (await view("MM008")).replaces]).toEqual([{ deviceId: "MM008" }, { deviceId: "MM007" }]);
    const actions = await database.db.auditEvent.findMany({
      where: { subjectId: { in: ["MM007", "MM008"] }, farmId },
      orderBy: { seq: "asc" },
    });
    expect(actions.map((event) => `${event.subjectId} ${event.action}`)).toEqual([
      "MM007 device.command_issued",
      "MM007 device.decommissioned",
      "MM007 device.replaced",
      "MM008 device.provisioned",
    ]);
  });

  test("a repeated request gets the same answer, two different ones only one", async () => {
    const { deviceId } = await fittedDevice();
    const actor = actorWith("farm_manager", farmId);
    const key = requestKey();
    const answers = await Promise.all([1, 2, 3].map(() => replace({ deviceId, requestKey: key }, ctx(actor))));
    expect(new Set(answers.map((answer) => answer.credentials?.mqtt.password)).size).toBe(1);
    const second = answers[0]?.device.deviceId ?? "";
    const results = await Promise.allSettled([1, 2, 3].map(() => replace({ deviceId: second }, ctx(actor))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    expect(await database.db.device.count({ where: { lifecycle: { not: "decommissioned" } } })).toBe(1);
  });

  test("the same board in a new housing keeps its radio; another device's radio or ID is refused and nothing happens", async () => {
    const { id, deviceId } = await fittedDevice();
    await testDevice(database.db, { farmId, deviceId: "MM020", macAddress: "02:00:00:00:00:99" });
    await expect(replace({ deviceId, macAddress: "02:00:00:00:00:99" })).rejects.toMatchObject({ fields: { macAddress: /MM020/ } });
    await expect(replace({ deviceId, newDeviceId: "mm020" })).rejects.toMatchObject({ fields: { newDeviceId: /already registered/ } });
    await expect(replace({ deviceId, reason: " " })).rejects.toMatchObject({ code: "invalid_input", fields: { reason: /./ } });
    expect((await database.db.device.findUniqueOrThrow({ where: { id } })).lifecycle).toBe("active");
    const { device } = await replace({
      deviceId,
      newDeviceId: "MM030",
      macAddress: "02:00:00:00:00:01",
      manufacturer: "Lactoflow",
      serialNumber: "S-1",
    });
    expect(device).toMatchObject({ deviceId: "MM030", serialNumber: "S-1" });
  });

  test("a unit from the shelf: a draft gets credentials, a provisioned one keeps its own", async () => {
    const old = await fittedDevice();
    await registerDevice({ ctx: ctx(), input: wizardInput(farmId, { deviceId: "MM100", name: "Spare" }) });
    const spare = await testDevice(database.db, { farmId, deviceId: "MM101", name: "Spare 2" });
    await testDevice(database.db, { farmId, deviceId: "GT001", type: "gate" });
    await testDevice(database.db, { farmId, deviceId: "MM102", lifecycle: "active", firstConnectedAt: new Date() });
    await testDevice(database.db, { farmId: (await testFarm(database.db)).id, deviceId: "MM103" });
    const spares = await findSpares({ ctx: ctx(), input: { deviceId: old.deviceId } });
    expect(spares.map((unit) => [unit.deviceId, unit.lifecycle])).toEqual([
      ["MM100", "draft"],
      ["MM101", "provisioned"],
    ]);
    for (const newDeviceId of ["GT001", "MM102", "MM103", "MM007", "MM999"])
      await expect(replace({ deviceId: "MM007", unit: "registered", newDeviceId })).rejects.toMatchObject({ fields: { newDeviceId: /./ } });
    const first = await replace({ deviceId: "MM007", unit: "registered", newDeviceId: "MM100" });
    expect(first).toMatchObject({ device: { deviceId: "MM100", name: "Stall 7" }, credentials: { deviceId: "MM100" } });
    expect(await mayConnect("MM100", first.credentials?.mqtt.password ?? "")).toBe(true);
    const second = await replace({ deviceId: "MM100", unit: "registered", newDeviceId: "MM101" });
    expect(second).toMatchObject({ device: { deviceId: "MM101", name: "Stall 7" }, credentials: undefined });
    expect(await mayConnect("MM101", spare.password)).toBe(true);
  });

  test.each([
    ["admin", undefined],
    ["farm_manager", undefined],
    ["field_staff", "forbidden"],
    ["viewer", "forbidden"],
  ] as const)("by a %s: %s", async (role, code) => {
    const { deviceId } = await fittedDevice();
    const attempt = replace({ deviceId }, ctx(actorWith(role, farmId)));
    if (code) await expect(attempt).rejects.toMatchObject({ code });
    else await expect(attempt).resolves.toBeDefined();
  });

  test("a retired device is not replaced", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await expect(replace({ deviceId })).rejects.toMatchObject({ code: "conflict" });
  });
});

test("a draft has no password until one is issued", async () => {
  const input = wizardInput(farmId, { deviceId: "MM200" });
  const of = ctx();
  await registerDevice({ ctx: of, input });
  await expect(registerDevice({ ctx: of, input })).resolves.toEqual({ deviceId: "MM200" });
  expect(await getDevice({ ctx: of, input: { deviceId: "MM200" } })).toMatchObject({
    lifecycle: "draft",
    credentials: [],
    provisionedAt: null,
  });
  const { mqtt } = await rotateCredentials({ ctx: of, input: { deviceId: "MM200", requestKey: requestKey() } });
  expect(await mayConnect("MM200", mqtt.password)).toBe(true);
  expect(await getDevice({ ctx: of, input: { deviceId: "MM200" } })).toMatchObject({ lifecycle: "provisioned" });
});
