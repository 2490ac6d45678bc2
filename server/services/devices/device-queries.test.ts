import { beforeAll, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testHerd } from "@/server/testing/herd";
import { getDevice } from "./get-device";
import { getOverview } from "./get-overview";
import { checkDeviceId, proposeDeviceId } from "./propose-device-id";

const database = useTestDatabase();
let north: string;
let moor: string;

beforeAll(async () => {
  ({ north, moor } = await testHerd(database.db));
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
      needsAttention: 1,
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
      needsAttention: 0,
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
    expect(device.allowed).toEqual({ edit: true, credentials: true, decommission: false, command: true, alerts: true });
    expect(Object.keys(device.credentials[0]!).sort()).toEqual(["id", "issuedAt", "lastUsedAt", "validUntil"]);
    expect((await get("MM001", actorWith("viewer", north))).allowed).toEqual({
      edit: false,
      credentials: false,
      decommission: false,
      command: false,
      alerts: false,
    });
    expect((await get("MM001")).allowed).toEqual({ edit: true, credentials: true, decommission: true, command: true, alerts: true });
  });

  test.each(["MM404", "AC003", "mm001", "MM\u0000001", "' OR 1=1 --"])(
    "%j does not exist for somebody of another farm",
    async (deviceId) => {
      await expect(get(deviceId, actorWith("farm_manager", north))).rejects.toMatchObject({ code: "not_found" });
    },
  );
});
