import { beforeAll, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { countStatements } from "@/server/testing/count-statements";
import { findScanned } from "./find-scanned";
import { getFieldPack } from "./get-field-pack";

const database = useTestDatabase();
let north: string;
let moor: string;

beforeAll(async () => {
  const { db } = database;
  north = (await testFarm(db, { code: "NORD", name: "Nordhof", timeZone: "Europe/Berlin" })).id;
  moor = (await testFarm(db, { code: "MOOR", name: "Moorland" })).id;
  const state = { lastSeenAt: new Date(), connected: true, healthStatus: "warning" as const, healthScore: 60, batteryLevel: 12 };
  const { id } = await testDevice(db, {
    farmId: north,
    deviceId: "MM001",
    name: "Stall 1",
    location: "Parlour",
    manufacturer: "LactoFlow",
    serialNumber: "LF-1",
    macAddress: "02:AA:00:00:00:01",
    lifecycle: "active",
    state,
  });
  await db.maintenanceRecord.createMany({
    data: [
      { deviceKey: id, type: "repair", title: "Change the gasket", plannedFor: new Date("2026-03-02"), notes: "Left side" },
      { deviceKey: id, type: "cleaning", title: "Done already", status: "done", doneOn: new Date("2026-02-02") },
    ],
  });
  await testDevice(db, { farmId: north, deviceId: "MM002", serialNumber: "S-7", manufacturer: "Other" });
  await testDevice(db, { farmId: moor, deviceId: "TS001", type: "temperature", serialNumber: "S-7", manufacturer: "Third" });
  await testDevice(db, { farmId: north, deviceId: "MM009", lifecycle: "decommissioned" });
});

const ctx = (role: "admin" | "field_staff" | "viewer" = "field_staff", ...farmIds: string[]) =>
  contextOf(database.db, actorWith(role, ...(farmIds.length ? farmIds : [north])));

describe("what was scanned", () => {
  test("is found by its ID with state, health, place, open work and what may be done", async () => {
    const { matches, taken } = await findScanned({ ctx: ctx(), input: { deviceId: "mm001" } });
    expect(taken).toBe(false);
    expect(matches).toMatchObject([
      {
        device: {
          deviceId: "MM001",
          location: "Parlour",
          lifecycle: "active",
          healthStatus: "warning",
          batteryLevel: 12,
          work: [{ title: "Change the gasket", plannedFor: "2026-03-02", notes: "Left side", version: 1 }],
          photos: [],
        },
        farm: { name: "Nordhof", timeZone: "Europe/Berlin" },
        may: { edit: true, command: true, provision: true, replace: false },
      },
    ]);
    expect((await findScanned({ ctx: ctx("viewer"), input: { deviceId: "MM001" } })).matches[0]?.may).toEqual({
      edit: false,
      command: false,
      provision: false,
      replace: false,
    });
  });

  test("is found by what its maker printed, on the caller's farms only", async () => {
    const ids = async (input: object, ...farms: string[]) =>
      (await findScanned({ ctx: ctx("field_staff", ...farms), input })).matches.map(({ device }) => device.deviceId);
    expect(await ids({ macAddress: "02aa.0000.0001" })).toEqual(["MM001"]);
    expect(await ids({ serialNumber: "S-7" })).toEqual(["MM002"]);
    expect(await ids({ serialNumber: "S-7" }, north, moor)).toEqual(["MM002", "TS001"]);
    expect(await ids({ macAddress: "nonsense" })).toEqual([]);
  });

  test("is told to be in use elsewhere, but not where", async () => {
    expect(await findScanned({ ctx: ctx(), input: { deviceId: "TS001" } })).toEqual({ matches: [], taken: true });
    expect(await findScanned({ ctx: ctx(), input: { deviceId: "TS777" } })).toEqual({ matches: [], taken: false });
  });

  test.each([{}, { deviceId: "MM001", serialNumber: "LF-1" }, { deviceId: "nonsense" }])("refuses %j", async (input) => {
    await expect(findScanned({ ctx: ctx(), input })).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("what a tablet takes along", () => {
  test("is the devices in service on the caller's farms, or on one of them", async () => {
    const pack = await getFieldPack({ ctx: ctx("field_staff", north, moor), input: {} });
    expect(pack.devices.map((device) => device.deviceId)).toEqual(["MM001", "MM002", "TS001"]);
    expect(pack).toMatchObject({ total: 3, nextCursor: null, viewer: { name: "Test field_staff" } });
    expect(pack.farms.map((farm) => farm.code)).toEqual(["MOOR", "NORD"]);
    expect(pack.devices[0]?.work).toHaveLength(1);
    const one = await getFieldPack({ ctx: ctx("field_staff", north, moor), input: { farmId: moor } });
    expect(one).toMatchObject({ total: 1, devices: [{ deviceId: "TS001" }] });
    expect(await getFieldPack({ ctx: ctx(), input: { farmId: moor } })).toMatchObject({ total: 0, devices: [] });
  });

  test("comes page by page, each in the same number of statements", async () => {
    const { db } = database;
    const farm = await testFarm(db);
    await db.$executeRaw`
      INSERT INTO device (id, device_id, name, type, farm_id, updated_at)
      SELECT gen_random_uuid(), 'QP' || lpad(n::text, 4, '0'), 'Device ' || n, 'gate', ${farm.id}::uuid, now() FROM generate_series(1, 2100) n`;
    const admin = contextOf(db, actorWith("field_staff", farm.id));
    const seen: string[] = [];
    const counts: number[] = [];
    let cursor: string | null = null;
    do {
      const input: { cursor: string | null } = { cursor };
      counts.push(
        await countStatements(async () => {
          const page = await getFieldPack({ ctx: admin, input });
          seen.push(...page.devices.map((device) => device.deviceId));
          cursor = page.nextCursor;
        }),
      );
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 2100 }, (_, index) => `QP${String(index + 1).padStart(4, "0")}`));
    expect(new Set(counts).size).toBe(1);
  });
});
