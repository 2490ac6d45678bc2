import { beforeEach, describe, expect, test } from "vitest";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { editDevice } from "./edit-device";

const database = useTestDatabase();
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

function edit(deviceId: string, overrides: Record<string, unknown> = {}, actor = actorWith("farm_manager", farmId)) {
  return editDevice({ ctx: contextOf(database.db, actor), input: { deviceId, version: 1, name: "Stall 1", ...overrides } });
}

describe("editing a device", () => {
  test("changes what was changed and audits exactly that", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, name: "Old", location: "Barn" });
    expect(await edit(deviceId, { name: "New", location: "Barn", macAddress: "024A1B003C7F" })).toEqual({ version: 2 });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({
      name: "New",
      location: "Barn",
      version: 2,
    });
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: deviceId } });
    expect(event).toMatchObject({
      action: "device.edited",
      before: { name: "Old", macAddress: null },
      after: { name: "New", macAddress: "02:4A:1B:00:3C:7F" },
    });
  });

  test("of two people who edit the same version, the later one overwrites nothing", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const results = await Promise.allSettled(["A", "B", "C"].map((name) => edit(deviceId, { name })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", message: /Somebody else has changed/ });
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId } })).toBe(1);
  });

  test("a device that comes alive meanwhile does not spoil the form", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await ingestUplinks(database.db, [{ deviceId, uplink: { kind: "other", receivedAt: new Date(), bytes: 1 } }], new Date());
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({ lifecycle: "active" });
    await expect(edit(deviceId)).resolves.toEqual({ version: 2 });
  });

  test("hardware of another device is refused at its field, also when both are saved at once", async () => {
    const mac = "02:00:00:00:00:01";
    const [a, b] = [await testDevice(database.db, { farmId }), await testDevice(database.db, { farmId })];
    const results = await Promise.allSettled([a, b].map(({ deviceId }) => edit(deviceId, { macAddress: mac })));
    const rejected = results.filter((result) => result.status === "rejected");
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toMatchObject({ code: "conflict", fields: { macAddress: /belongs to ZZ/ } });
  });

  test("its own MAC address and a device without any are no conflict", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, macAddress: "02:00:00:00:00:01", serialNumber: "1" });
    await testDevice(database.db, { farmId });
    await expect(edit(deviceId, { macAddress: "02:00:00:00:00:01", serialNumber: "1" })).resolves.toBeDefined();
    await expect(edit(deviceId, { version: 2 })).resolves.toBeDefined();
  });

  test("who may: field staff, not viewers, not strangers; nobody a retired device", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await expect(edit(deviceId, {}, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(edit(deviceId, {}, actorWith("farm_manager", (await testFarm(database.db)).id))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(edit(deviceId, {}, actorWith("field_staff", farmId))).resolves.toBeDefined();
    const retired = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await expect(edit(retired.deviceId)).rejects.toMatchObject({ code: "conflict" });
  });
});
