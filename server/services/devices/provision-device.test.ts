import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { authenticateDevices } from "@/server/services/provisioning/authenticate-devices";
import type { IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { actorWith, contextOf, requestKey, testDevice, testFarm, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { provisionDevice } from "./provision-device";

const database = useTestDatabase();
let farmId: string;
let manager: UserActor;

beforeEach(async () => {
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
  manager = actorWith("farm_manager", farmId);
});

function provision(overrides: Record<string, unknown> = {}, actor = manager): Promise<IssuedCredentials> {
  return provisionDevice({ ctx: contextOf(database.db, actor), input: wizardInput(farmId, overrides) });
}

async function canSignIn({ deviceId, mqtt }: IssuedCredentials): Promise<boolean> {
  const [verdict] = await authenticateDevices(database.db, [{ deviceId, secret: Buffer.from(mqtt.password) }]);
  return verdict?.allowed ?? false;
}

describe("provisioning a device", () => {
  test("registers it, issues credentials that work, and writes it down", async () => {
    const issued = await provision({ macAddress: "024a.1b00.3c7f", serialNumber: " LF-1 ", location: "" });
    expect(issued).toMatchObject({
      deviceId: "MM001",
      mqtt: { username: "MM001", clientId: "MM001" },
      topics: { status: "smartdairy/MM001/status" },
    });
    expect(issued.mqtt.password).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await canSignIn(issued)).toBe(true);

    const row = await database.db.device.findUniqueOrThrow({ where: { deviceId: "MM001" }, include: { state: true } });
    expect(row).toMatchObject({
      lifecycle: "provisioned",
      provisioningMethod: "manual",
      provisionedById: manager.userId,
      macAddress: "02:4A:1B:00:3C:7F",
      serialNumber: "LF-1",
      location: null,
      powerSource: "battery",
    });
    expect(row.state).toMatchObject({ healthStatus: "unknown", connected: false });
    const [event] = await database.db.auditEvent.findMany({ where: { farmId } });
    expect(event).toMatchObject({ action: "device.provisioned", subjectId: "MM001", actorId: manager.userId });
    const [change] = await database.db.changeFeed.findMany({ where: { ids: { has: "MM001" }, farmIds: { has: farmId } } });
    expect(change?.topic).toBe("devices");
  });

  test("keeps the password nowhere", async () => {
    const { mqtt } = await provision();
    const key = Buffer.from(mqtt.password);
    for (const table of ["device_credential", "sealed_answer", "audit_event", "change_feed"]) {
      const rows = await database.db.$queryRawUnsafe<Record<string, unknown>[]>(`SELECT t::text AS text FROM ${table} t`);
      for (const row of rows) {
        expect(String(row.text)).not.toContain(mqtt.password);
        expect(String(row.text)).not.toContain(key.toString("hex"));
      }
    }
  });

  test("leaves nothing behind when it is refused halfway", async () => {
    const before = await database.db.auditEvent.count();
    await database.db.$executeRaw`ALTER TABLE change_feed ADD CONSTRAINT no_news CHECK (topic <> 'devices') NOT VALID`;
    await expect(provision()).rejects.toThrow();
    await database.db.$executeRaw`ALTER TABLE change_feed DROP CONSTRAINT no_news`;
    expect([await database.db.device.count(), await database.db.deviceCredential.count(), await database.db.auditEvent.count()]).toEqual([
      0,
      0,
      before,
    ]);
  });

  test("twenty clicks of one form make one device, and all get the same credentials", async () => {
    const key = requestKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => provision({ requestKey: key })));
    expect(new Set(answers.map((answer) => answer.mqtt.password)).size).toBe(1);
    expect(await canSignIn(answers[0]!)).toBe(true);
    expect([
      await database.db.device.count(),
      await database.db.deviceCredential.count(),
      await database.db.auditEvent.count({ where: { farmId } }),
    ]).toEqual([1, 1, 1]);
  });

  test("twenty people who choose one ID at once: one gets it, the others learn why not", async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => provision({ name: `Stall ${index}` })));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(19);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: "conflict", fields: { deviceId: "MM001 is already registered, choose another ID" } });
  });

  test("a request key of somebody else opens nothing", async () => {
    const key = requestKey();
    const { mqtt } = await provision({ requestKey: key });
    const stranger = actorWith("farm_manager", farmId);
    await expect(provision({ requestKey: key }, stranger)).rejects.toMatchObject({ code: "conflict" });
    expect((await provision({ requestKey: key, deviceId: "MM002" }, stranger)).mqtt.password).not.toBe(mqtt.password);
  });
});

describe("an identity that is taken", () => {
  const taken = { deviceId: "MM007", macAddress: "02:00:00:00:00:01", manufacturer: "Lactoflow", serialNumber: "S-1" };

  test.each([
    ["own farm, ID", true, { deviceId: "mm007 " }, { deviceId: "MM007 is already registered, choose another ID" }],
    ["own farm, MAC", true, { macAddress: "02-00-00-00-00-01" }, { macAddress: "This MAC address belongs to MM007" }],
    [
      "own farm, serial number",
      true,
      { manufacturer: "Lactoflow", serialNumber: "S-1" },
      { serialNumber: "This serial number belongs to MM007" },
    ],
    ["another farm, ID", false, { deviceId: "MM007" }, { deviceId: "MM007 is already registered, choose another ID" }],
    ["another farm, MAC", false, { macAddress: taken.macAddress }, { macAddress: "This MAC address belongs to a device on another farm" }],
    [
      "another farm, serial number",
      false,
      { manufacturer: "Lactoflow", serialNumber: "S-1" },
      { serialNumber: "This serial number belongs to a device on another farm" },
    ],
  ])("%s", async (_, isOwn, overrides, fields) => {
    const otherFarm = await testFarm(database.db);
    await testDevice(database.db, { ...taken, farmId: isOwn ? farmId : otherFarm.id });
    await expect(provision(overrides)).rejects.toMatchObject({ code: "conflict", fields });
    expect(await database.db.device.count()).toBe(1);
  });

  test.each([
    ["the same serial number of another manufacturer", {}, { manufacturer: "Other", serialNumber: "S-1" }],
    ["a MAC address of a retired device", { lifecycle: "decommissioned" as const }, { macAddress: taken.macAddress }],
  ])("%s is free", async (_, existing, overrides) => {
    await testDevice(database.db, { ...taken, farmId, ...existing });
    await expect(provision(overrides)).resolves.toMatchObject({ deviceId: "MM001" });
  });

  test("every field that is taken is named", async () => {
    await testDevice(database.db, { deviceId: "MM001", farmId });
    await testDevice(database.db, { macAddress: taken.macAddress, farmId });
    await testDevice(database.db, { manufacturer: "Lactoflow", serialNumber: "S-1", farmId });
    const refusal = provision({ ...taken, deviceId: "MM001" });
    await expect(refusal).rejects.toMatchObject({ fields: { deviceId: /registered/, macAddress: /belongs/, serialNumber: /belongs/ } });
  });
});

describe("who and what is refused", () => {
  test("roles: a viewer may not, field staff and managers may, other farms do not exist", async () => {
    await expect(provision({}, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(provision({}, actorWith("farm_manager", (await testFarm(database.db)).id))).rejects.toMatchObject({ code: "not_found" });
    await expect(provision({}, actorWith("farm_manager"))).rejects.toMatchObject({ code: "not_found" });
    expect(await database.db.device.count()).toBe(0);
    await expect(provision({}, actorWith("field_staff", farmId))).resolves.toBeDefined();
    await expect(provision({ deviceId: "MM002" }, actorWith("admin"))).resolves.toBeDefined();
  });

  test("a farm that does not exist, even for an admin", async () => {
    const unknown = provision({ farmId: "01890000-0000-7000-8000-000000000000" }, actorWith("admin"));
    await expect(unknown).rejects.toMatchObject({ code: "not_found", fields: { farmId: expect.any(String) as string } });
  });

  test.each([
    ["a name of 10 KB", { name: "x".repeat(10_240) }, "name"],
    ["an empty name", { name: "   " }, "name"],
    ["a control character", { name: "Stall\u0007" }, "name"],
    ["a NUL", { location: "a\u0000b" }, "location"],
    ["a MAC that is none", { macAddress: "02:4A:1B:00:3C" }, "macAddress"],
    ["a malformed ID", { deviceId: "M1" }, "deviceId"],
    ["an unknown type", { type: "tractor" }, "type"],
    ["a farm that is no id", { farmId: "NORD" }, "farmId"],
    ["a weak request key", { requestKey: "1" }, "requestKey"],
  ])("%s is refused at its field", async (_, overrides, field) => {
    await expect(provision(overrides)).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: expect.any(String) as string } });
    expect(await database.db.device.count()).toBe(0);
  });

  test.each(["<script>alert(1)</script>", "Stall 7 🐄👩‍🌾", "Robert'); DROP TABLE device;--", "牛舎 ١٢"])(
    "%s is stored as it was typed",
    async (name) => {
      await provision({ name });
      expect(await database.db.device.findFirstOrThrow({ where: { farmId } })).toMatchObject({ name });
    },
  );
});
