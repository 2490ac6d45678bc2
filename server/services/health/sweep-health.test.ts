import { beforeEach, describe, expect, test } from "vitest";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { countStatements } from "@/server/testing/count-statements";
import { sweepHealth } from "./sweep-health";

const database = useTestDatabase();
const MINUTE = 60_000;
const NOW = new Date("2026-06-01T12:00:30.000Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE);
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.changeFeed.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

const silentDevice = (overrides: Partial<Parameters<typeof testDevice>[1]> = {}) =>
  testDevice(database.db, { farmId, lifecycle: "active", ...overrides, state: { lastSeenAt: minutesAgo(60), healthStatus: "healthy" } });
const healthOf = async ({ id }: { id: string }) =>
  (await database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: id } })).healthStatus;

describe("the health check", () => {
  test.each([
    ["silent for 10 minutes and a second", "active", { lastSeenAt: new Date(minutesAgo(10).getTime() - 1_000) }, "critical"],
    ["heard 10 minutes ago", "active", { lastSeenAt: minutesAgo(10) }, "healthy"],
    ["in maintenance", "maintenance", { lastSeenAt: new Date(0) }, "healthy"],
    ["retired", "decommissioned", { lastSeenAt: new Date(0) }, "healthy"],
    ["never heard and waiting", "provisioned", { lastSeenAt: null }, "healthy"],
  ] as const)("a device that is %s becomes or stays %3$s", async (_, lifecycle, state, expected) => {
    const device = await testDevice(database.db, { farmId, lifecycle, state: { ...state, healthStatus: "healthy" } });
    await sweepHealth(database.db, NOW);
    expect(await healthOf(device)).toBe(expected);
  });

  test("takes as many statements for a hundred devices as for one, and tells the watchers once", async () => {
    const other = (await testFarm(database.db)).id;
    await silentDevice();
    const one = await countStatements(() => sweepHealth(database.db, NOW));
    await database.db.changeFeed.deleteMany();
    for (let count = 0; count < 50; count++) {
      await silentDevice();
      await silentDevice({ farmId: other });
    }
    expect(await countStatements(() => sweepHealth(database.db, NOW))).toBe(one);
    const changes = await database.db.changeFeed.findMany({ orderBy: { topic: "asc" } });
    expect(changes.map(({ topic, ids, farmIds }) => [topic, ids.length, new Set(farmIds)])).toEqual([
      ["alerts", 100, new Set([farmId, other])],
      ["devices", 100, new Set([farmId, other])],
    ]);
    // The alerts are counted again, which is no news; everything else is as it was.
    expect(await sweepHealth(database.db, NOW)).toEqual({ changed: 0, raised: 0, resolved: 0 });
    expect(await database.db.changeFeed.count()).toBe(2);
  });

  test("a device with a longer interval is checked when its time has come, not before; its group's interval counts, too", async () => {
    const group = await database.db.deviceGroup.create({
      data: { name: "Pasture", code: `PASTURE-${farmId.slice(-8).toUpperCase()}`, farmId, healthCheckIntervalSeconds: 600 },
    });
    const devices = [await silentDevice({ healthCheckIntervalSeconds: 600 }), await silentDevice({ groupId: group.id })];
    const at = (time: string) => new Date(`2026-06-01T${time}.000Z`);
    await sweepHealth(database.db, at("12:08:59"), at("12:07:58"));
    expect(await Promise.all(devices.map(healthOf))).toEqual(["healthy", "healthy"]);
    // The clock skipped the minute in which it would have been due.
    await sweepHealth(database.db, at("12:11:01"), at("12:08:59"));
    expect(await Promise.all(devices.map(healthOf))).toEqual(["critical", "critical"]);
  });
});
