import { beforeAll, describe, expect, test } from "vitest";
import { DEVICE_SORTS } from "@/server/domain/devices/vocabulary";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { getDevice } from "./get-device";
import { getOverview } from "./get-overview";
import { listDevices } from "./list-devices";
import { checkDeviceId, proposeDeviceId } from "./propose-device-id";

const database = useTestDatabase();
const MINUTE = 60_000;
let north: string;
let moor: string;

beforeAll(async () => {
  const { db } = database;
  north = (await testFarm(db, { code: "NORD", name: "Nordhof" })).id;
  moor = (await testFarm(db, { code: "MOOR", name: "Moorland" })).id;
  const now = Date.now();
  const heard = (minutes: number) => ({ lastSeenAt: new Date(now - minutes * MINUTE), connected: true });
  await testDevice(db, {
    farmId: north,
    deviceId: "MM001",
    name: "Stall 100%",
    serialNumber: "LF_1",
    lifecycle: "active",
    state: { ...heard(1), healthStatus: "healthy", healthScore: 100, batteryLevel: 80, signalStrength: -50 },
  });
  await testDevice(db, {
    farmId: north,
    deviceId: "MM002",
    name: "Stall 1000",
    serialNumber: "LFX1",
    lifecycle: "active",
    state: { ...heard(20), healthStatus: "critical", healthScore: 30, needsAttention: true, batteryLevel: 5, signalStrength: -95 },
  });
  await testDevice(db, {
    farmId: north,
    deviceId: "TS010",
    type: "temperature",
    name: "O'Hara's tank",
    location: "Tank \\ room",
    lifecycle: "maintenance",
    state: { ...heard(2), healthStatus: "warning", healthScore: 60 },
  });
  await testDevice(db, {
    farmId: moor,
    deviceId: "AC003",
    type: "collar",
    name: "Collar",
    macAddress: "02:AA:00:00:00:01",
    model: "R5",
    lifecycle: "provisioned",
  });
  await testDevice(db, {
    farmId: moor,
    deviceId: "MM999",
    name: "Retired",
    lifecycle: "decommissioned",
    state: { healthStatus: "critical", needsAttention: false },
  });
  await testDevice(db, { farmId: moor, deviceId: "FD000123", type: "feeder", name: "Draft", lifecycle: "draft" });
});

async function list(input: Record<string, unknown> = {}, actor = actorWith("admin")) {
  return listDevices({ ctx: contextOf(database.db, actor), input });
}

async function ids(input: Record<string, unknown> = {}): Promise<string[]> {
  return (await list(input)).devices.map((device) => device.deviceId);
}

describe("the device list", () => {
  test.each([
    ["100%", ["MM001"]],
    ["LF_1", ["MM001"]],
    ["%", ["MM001"]],
    ["_", ["MM001"]],
    ["\\", ["TS010"]],
    ["O'Hara's", ["TS010"]],
    ["'; DROP TABLE device; --", []],
    ['"', []],
    ["mm00", ["MM001", "MM002"]],
    ["02:aa", ["AC003"]],
    ["r5", ["AC003"]],
    ["tank \\ room", ["TS010"]],
    ["  STALL  ", ["MM001", "MM002"]],
    ["", ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
  ])("search %j finds %j", async (search, expected) => {
    expect(await ids({ search })).toEqual(expected);
  });

  test.each([
    ["farm", () => ({ farmIds: [moor] }), ["AC003", "FD000123", "MM999"]],
    ["two farms", () => ({ farmIds: [moor, north] }), ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
    ["type", () => ({ types: ["collar", "feeder"] }), ["AC003", "FD000123"]],
    ["state", () => ({ lifecycles: ["draft", "maintenance"] }), ["FD000123", "TS010"]],
    ["health", () => ({ health: ["warning", "critical"] }), ["MM002", "MM999", "TS010"]],
    ["attention", () => ({ needsAttention: true }), ["MM002"]],
    [
      "all together",
      () => ({ farmIds: [north], types: ["milk_meter"], lifecycles: ["active"], health: ["healthy"], search: "stall" }),
      ["MM001"],
    ],
  ])("filter by %s", async (_, filter, expected) => {
    expect(await ids(filter())).toEqual(expected);
  });

  test.each([
    ["deviceId", ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
    ["name", ["AC003", "FD000123", "TS010", "MM999", "MM001", "MM002"]],
    ["type", ["MM001", "MM002", "MM999", "TS010", "AC003", "FD000123"]],
    ["farm", ["AC003", "FD000123", "MM999", "MM001", "MM002", "TS010"]],
    ["lifecycle", ["FD000123", "AC003", "MM001", "MM002", "TS010", "MM999"]],
    ["battery", ["MM002", "MM001", "AC003", "FD000123", "MM999", "TS010"]],
    ["signal", ["MM002", "MM001", "AC003", "FD000123", "MM999", "TS010"]],
    ["lastSeen", ["MM002", "TS010", "MM001", "AC003", "FD000123", "MM999"]],
  ])("sorted by %s", async (sort, expected) => {
    expect(await ids({ sort })).toEqual(expected);
  });

  test("every order can be turned round, and what is unknown stays last", async () => {
    for (const sort of DEVICE_SORTS) expect((await ids({ sort, descending: true })).length).toBe(6);
    expect((await ids({ sort: "battery", descending: true })).slice(0, 2)).toEqual(["MM001", "MM002"]);
    expect((await ids({ sort: "health" }))[0]).toBe("MM002");
  });

  test("pages cover everything once and tell the totals", async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list({ page, pageSize: 2 })));
    expect(pages.map((page) => page.devices.map((device) => device.deviceId))).toEqual([
      ["AC003", "FD000123"],
      ["MM001", "MM002"],
      ["MM999", "TS010"],
      [],
    ]);
    expect(pages.every((page) => page.total === 6)).toBe(true);
    expect(await list({ search: "nothing like it" })).toMatchObject({ total: 0, registered: 6, devices: [] });
  });

  test.each([
    { page: 0 },
    { pageSize: 201 },
    { sort: "password" },
    { types: ["tractor"] },
    { search: "x".repeat(101) },
    { search: "a\u0000" },
    { farmIds: ["NORD"] },
  ])("%j is refused", async (input) => {
    await expect(list(input)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("shows people their own farms only, whatever they filter by", async () => {
    const fitter = actorWith("field_staff", north);
    expect(await list({}, fitter)).toMatchObject({ total: 3, registered: 3 });
    expect(await list({ farmIds: [moor] }, fitter)).toMatchObject({ total: 0, registered: 3 });
    expect(await list({}, actorWith("viewer"))).toMatchObject({ total: 0, registered: 0 });
  });
});

describe("the overview", () => {
  const overview = (actor = actorWith("admin"), input: unknown = {}) => getOverview({ ctx: contextOf(database.db, actor), input });

  test("counts devices by state, health and type; the retired are out of it", async () => {
    expect(await overview()).toMatchObject({
      total: 5,
      inService: 4,
      online: 2,
      byHealth: { healthy: 1, warning: 0, critical: 1, unknown: 0 },
      byLifecycle: { draft: 1, provisioned: 1, active: 2, maintenance: 1, decommissioned: 1 },
      needsAttention: { total: 1, worst: [{ deviceId: "MM002" }] },
    });
    expect((await overview()).byType).toEqual(
      expect.arrayContaining([
        { type: "milk_meter", total: 2, online: 1 },
        { type: "temperature", total: 1, online: 1 },
      ]),
    );
  });

  test("of one farm, of the caller's farms, and of a farm that is none of theirs", async () => {
    expect(await overview(actorWith("admin"), { farmId: moor })).toMatchObject({ total: 2, online: 0 });
    expect(await overview(actorWith("viewer", north))).toMatchObject({ total: 3 });
    expect(await overview(actorWith("viewer", north), { farmId: moor })).toMatchObject({
      total: 0,
      needsAttention: { total: 0, worst: [] },
    });
    expect(await overview(actorWith("viewer"))).toMatchObject({ total: 0 });
  });
});

describe("device IDs", () => {
  const propose = (type: string) => proposeDeviceId({ ctx: contextOf(database.db, actorWith("viewer")), input: { type } });
  const check = (deviceId: string) => checkDeviceId({ ctx: contextOf(database.db, actorWith("viewer")), input: { deviceId } });

  test.each([
    ["milk_meter", "MM1000"],
    ["temperature", "TS011"],
    ["feeder", "FD124"],
    ["gate", "GT001"],
  ])("the next one for a %s is %s", async (type, deviceId) => {
    expect(await propose(type)).toEqual({ deviceId });
  });

  test("none is left after 999999", async () => {
    await testDevice(database.db, { farmId: moor, deviceId: "EN999999", type: "environmental" });
    expect(await propose("environmental")).toEqual({ deviceId: undefined });
    await database.db.device.delete({ where: { deviceId: "EN999999" } });
  });

  test.each([
    ["MM001", "taken"],
    ["MM003", "free"],
    ["MM1", "malformed"],
    ["mm001", "malformed"],
    ["MM00\u0000", "malformed"],
  ])("%j is %s", async (deviceId, status) => {
    expect(await check(deviceId)).toEqual({ status });
  });
});

describe("one device", () => {
  const get = (deviceId: string, actor = actorWith("admin")) => getDevice({ ctx: contextOf(database.db, actor), input: { deviceId } });

  test("comes with its topics, its credentials without any secret, and what the caller may do", async () => {
    const device = await get("MM001", actorWith("field_staff", north));
    expect(device).toMatchObject({ deviceId: "MM001", farm: { code: "NORD" }, topics: { command: "smartdairy/MM001/command" } });
    expect(device.allowed).toEqual({ edit: true, credentials: true, decommission: false, command: true });
    expect(Object.keys(device.credentials[0]!).sort()).toEqual(["id", "issuedAt", "lastUsedAt", "validUntil"]);
    expect((await get("MM001", actorWith("viewer", north))).allowed).toEqual({
      edit: false,
      credentials: false,
      decommission: false,
      command: false,
    });
    expect((await get("MM001")).allowed).toEqual({ edit: true, credentials: true, decommission: true, command: true });
  });

  test.each(["MM404", "AC003", "mm001", "MM\u0000001", "' OR 1=1 --"])(
    "%j does not exist for somebody of another farm",
    async (deviceId) => {
      await expect(get(deviceId, actorWith("farm_manager", north))).rejects.toMatchObject({ code: "not_found" });
    },
  );
});
