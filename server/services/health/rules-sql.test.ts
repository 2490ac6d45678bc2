import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/server/db/generated/client";
import { findingsOf } from "@/server/domain/alerts/conditions";
import { CALIBRATION_STATUSES, FIRMWARE_UPDATE_STATUSES, HEALTH_STATUSES } from "@/server/domain/devices/vocabulary";
import { groupBy } from "@/server/domain/group-by";
import { attentionReasons, healthScore, healthStatus, type AttentionFacts } from "@/server/domain/health/policy";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { judgeDevices } from "./judge-devices";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00.000Z");
const EVERY = Prisma.sql`true`;
let farmId: string;

beforeAll(async () => {
  farmId = (await testFarm(database.db)).id;
});

/** Values on and beside every threshold, and any others. */
const near = (...edges: number[]) => edges.flatMap((edge) => [edge - 1, edge, edge + 1]);
const secondsAgo = fc
  .option(fc.oneof(fc.constantFrom(...near(60, 300, 600, 3_600)), fc.integer({ min: -30, max: 100_000 })))
  .map((seconds) => (seconds === null ? null : new Date(NOW.getTime() - seconds * 1000)));
const facts = fc.record({
  lastSeenAt: secondsAgo,
  errorCount: fc.oneof(fc.constantFrom(0, ...near(5, 10, 15)), fc.nat({ max: 1_000 })),
  batteryLevel: fc.option(fc.oneof(fc.constantFrom(0, 100, ...near(10, 20, 30, 50)), fc.integer({ min: 0, max: 100 }))),
  signalStrength: fc.option(fc.oneof(fc.constantFrom(...near(-50, -60, -70, -90)), fc.integer({ min: -140, max: 0 }))),
  offlineWindowSeconds: fc.constantFrom(60, 300, 600, 3_600),
  lowBatteryThreshold: fc.constantFrom(5, 10, 20, 30),
  weakSignalThreshold: fc.constantFrom(-90, -70),
  elevatedErrors: fc.constantFrom(0, 5, 10),
  highErrors: fc.constantFrom(10, 15),
  calibrationStatus: fc.constantFrom(...CALIBRATION_STATUSES),
  firmwareUpdateStatus: fc.constantFrom(...FIRMWARE_UPDATE_STATUSES),
  formerStatus: fc.constantFrom(...HEALTH_STATUSES),
});
type Facts = AttentionFacts & { formerStatus: (typeof HEALTH_STATUSES)[number] };

async function register(fleet: readonly Facts[]): Promise<Map<string, Facts>> {
  await database.db.device.deleteMany();
  const rows = await database.db.device.createManyAndReturn({
    data: fleet.map((device, index) => ({
      deviceId: `MM${String(index).padStart(6, "0")}`,
      name: "D",
      type: "milk_meter" as const,
      farmId,
      lifecycle: "active" as const,
      calibrationStatus: device.calibrationStatus,
      firmwareUpdateStatus: device.firmwareUpdateStatus,
      offlineWindowSeconds: device.offlineWindowSeconds,
      lowBatteryThreshold: device.lowBatteryThreshold,
      weakSignalThreshold: device.weakSignalThreshold,
      elevatedErrors: device.elevatedErrors,
      highErrors: device.highErrors,
    })),
    select: { id: true, deviceId: true },
  });
  const factsOf = new Map(rows.map(({ id, deviceId }) => [id, fleet[Number(deviceId.slice(2))]!]));
  await database.db.deviceState.createMany({
    data: [...factsOf].map(([deviceKey, { lastSeenAt, errorCount, batteryLevel, signalStrength, formerStatus }]) => ({
      deviceKey,
      lastSeenAt,
      errorCount,
      batteryLevel,
      signalStrength,
      healthStatus: formerStatus,
    })),
  });
  return factsOf;
}

describe("the rules in SQL", () => {
  test("judge any fleet as the pure rules do, whether or not somebody listened all the time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 150, maxLength: 150 }), secondsAgo, async (fleet, receivingSince) => {
        const factsOf = await register(fleet);
        await judgeDevices(database.db, { now: NOW, receivingSince }, { devices: EVERY, counts: true });
        const alerts = groupBy(await database.db.alert.findMany(), (alert) => alert.deviceKey);
        for (const state of await database.db.deviceState.findMany()) {
          const device = factsOf.get(state.deviceKey)!;
          const hearing = { receivingSince, formerStatus: device.formerStatus };
          const status = healthStatus(device, NOW, hearing);
          const raised = (alerts.get(state.deviceKey) ?? []).map(({ condition, type, severity, value }) => ({
            condition,
            type,
            severity,
            value,
          }));
          expect({ ...state, raised: new Set(raised.map((alert) => JSON.stringify(alert))) }).toMatchObject({
            healthStatus: status,
            healthScore: healthScore(device, status),
            needsAttention: attentionReasons(device, NOW, hearing).length > 0,
            raised: new Set(findingsOf(device, NOW, receivingSince).map((finding) => JSON.stringify(finding))),
          });
        }
      }),
      { numRuns: 12 },
    );
  });
});
