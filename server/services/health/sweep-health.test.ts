import { beforeEach, describe, expect, test } from "vitest";
import { healthScore, healthStatus } from "@/server/domain/health/policy";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { countStatements } from "@/server/testing/count-statements";
import { sweepHealth } from "./sweep-health";

const database = useTestDatabase();
const MINUTE = 60_000;
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.changeFeed.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

const VALUES = [null, 0, 5, 10, 19, 20, 25, 49, 50, 100].flatMap((batteryLevel) =>
  [null, -45, -71, -91].flatMap((signalStrength) =>
    [0, 5, 6, 10, 11, 40].map((errorCount) => ({ batteryLevel, signalStrength, errorCount })),
  ),
);

describe("the health sweep", () => {
  test("agrees with the pure rule on every silent device", async () => {
    const heardAt = new Date(Date.now() - 11 * MINUTE);
    const thresholds = [10, 20, 30];
    const rows = VALUES.flatMap((values) =>
      thresholds.map((lowBatteryThreshold) => ({ ...values, lowBatteryThreshold, lastSeenAt: heardAt })),
    );
    const devices = await database.db.device.createManyAndReturn({
      data: rows.map((row, index) => ({
        deviceId: `MM${String(index).padStart(6, "0")}`,
        name: "D",
        type: "milk_meter" as const,
        farmId,
        lifecycle: "active" as const,
        lowBatteryThreshold: row.lowBatteryThreshold,
      })),
      select: { id: true, deviceId: true },
    });
    const factsOf = new Map(devices.map(({ deviceId }, index) => [deviceId, rows[index]!]));
    await database.db.deviceState.createMany({
      data: devices.map(({ id, deviceId }) => {
        const { lowBatteryThreshold: _, ...state } = factsOf.get(deviceId)!;
        const atThatTime = healthStatus(factsOf.get(deviceId)!, heardAt);
        return {
          deviceKey: id,
          ...state,
          connected: true,
          healthStatus: atThatTime,
          healthScore: healthScore(factsOf.get(deviceId)!, atThatTime),
          needsAttention: atThatTime !== "healthy",
        };
      }),
    });

    const { changed } = await sweepHealth(database.db);
    const now = new Date();
    const states = await database.db.deviceState.findMany({ include: { device: { select: { deviceId: true } } } });
    for (const state of states) {
      const facts = factsOf.get(state.device.deviceId)!;
      const status = healthStatus(facts, now);
      expect([facts, state.healthStatus, state.healthScore, state.needsAttention]).toEqual([
        facts,
        status,
        healthScore(facts, status),
        true,
      ]);
    }
    expect(changed).toBe(rows.filter((row) => healthStatus(row, heardAt) !== "critical").length);
    expect(await sweepHealth(database.db)).toEqual({ changed: 0 });
  });

  test.each([
    ["silent for 10 minutes and a second", "active", { lastSeenAt: new Date(Date.now() - 10 * MINUTE - 1_000) }, "critical"],
    ["heard 9 minutes ago", "active", { lastSeenAt: new Date(Date.now() - 9 * MINUTE) }, "healthy"],
    ["never heard", "active", { lastSeenAt: null }, "healthy"],
    ["in maintenance", "maintenance", { lastSeenAt: new Date(0) }, "healthy"],
    ["retired", "decommissioned", { lastSeenAt: new Date(0) }, "healthy"],
  ] as const)("a device that is %s becomes or stays %3$s", async (_, lifecycle, state, expected) => {
    const { id } = await testDevice(database.db, { farmId, lifecycle, state: { ...state, healthStatus: "healthy" } });
    await sweepHealth(database.db);
    expect(await database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: id } })).toMatchObject({ healthStatus: expected });
  });

  test("tells the watchers once about all that fell silent, with one statement for the fleet", async () => {
    const other = (await testFarm(database.db)).id;
    for (const farm of [farmId, farmId, other])
      await testDevice(database.db, { farmId: farm, lifecycle: "active", state: { lastSeenAt: new Date(0), healthStatus: "healthy" } });
    expect(await countStatements(() => sweepHealth(database.db))).toBe(1);
    const [change, ...more] = await database.db.changeFeed.findMany();
    expect(more).toEqual([]);
    expect([change?.topic, change?.ids.length, new Set(change?.farmIds)]).toEqual(["devices", 3, new Set([farmId, other])]);
    await sweepHealth(database.db);
    expect(await database.db.changeFeed.count()).toBe(1);
  });
});
