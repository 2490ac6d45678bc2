import { beforeEach, describe, expect, test } from "vitest";
import type { Uplink } from "@/server/domain/devices/fold-uplink";
import { DEFAULT_RETENTION } from "@/server/domain/retention/settings";
import { deleteExpired } from "@/server/services/retention/delete-expired";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { getHealthHistory } from "./get-health-history";

const database = useTestDatabase();
const HOUR = 3_600_000;
const at = (time: string) => new Date(`2026-03-29T${time}Z`);
let farmId: string;
let device: { id: string; deviceId: string };

beforeEach(async () => {
  farmId = (await testFarm(database.db, { timeZone: "Europe/Berlin" })).id;
  device = await testDevice(database.db, { farmId, lowBatteryThreshold: 25 });
});

type Heartbeat = Partial<Extract<Uplink, { kind: "heartbeat" }>["heartbeat"]>;
function heartbeat(time: string, seq: number, values: Heartbeat = {}, deviceId = device.deviceId) {
  const receivedAt = at(time);
  return { deviceId, uplink: { kind: "heartbeat" as const, receivedAt, bytes: 10, heartbeat: { bootId: "a", seq, ...values } } };
}

const ingest = (...batch: Parameters<typeof ingestUplinks>[1]) => ingestUplinks(database.db, batch, new Date());
const samples = () => database.db.healthSample.findMany({ where: { deviceKey: device.id }, orderBy: { hour: "asc" } });
const history = (range: string, now: Date) =>
  getHealthHistory({ ctx: contextOf(database.db, actorWith("viewer", farmId), now), input: { deviceId: device.deviceId, range } });

describe("the hourly roll-up", () => {
  test("two batches of one hour add up to what one would be", async () => {
    await ingest(heartbeat("10:05:00", 1, { batteryLevel: 50, signalStrength: -60, errorCount: 4, uptimeSeconds: 300 }));
    await ingest(
      heartbeat("10:35:00", 2, { batteryLevel: 55, signalStrength: -90, errorCount: 2 }),
      heartbeat("10:55:00", 1, { bootId: "b", uptimeSeconds: 7 }),
    );
    expect(await samples()).toEqual([
      {
        deviceKey: device.id,
        hour: at("10:00:00"),
        messages: 3,
        batteryMin: 50,
        batteryMax: 55,
        batteryLast: 55,
        signalMin: -90,
        signalMax: -60,
        signalSum: -150n,
        signalCount: 2,
        errorMax: 4,
        uptimeSeconds: 7n,
        restarts: 1,
      },
    ]);
  });

  test("one batch over the hour's end fills two rows, and only the batch's devices", async () => {
    const other = await testDevice(database.db, { farmId });
    await ingest(
      heartbeat("10:59:59.999", 1, { batteryLevel: 50 }),
      heartbeat("11:00:00", 2, { batteryLevel: 49 }),
      heartbeat("11:00:00", 1, {}, other.deviceId),
    );
    expect((await samples()).map(({ hour, batteryLast }) => [hour, batteryLast])).toEqual([
      [at("10:00:00"), 50],
      [at("11:00:00"), 49],
    ]);
    expect(await database.db.healthSample.count({ where: { deviceKey: other.id } })).toBe(1);
  });

  test("what arrives out of order is a message, not a value; a will is neither", async () => {
    await ingest(heartbeat("10:10:00", 9, { batteryLevel: 50 }));
    await ingest(heartbeat("10:20:00", 8, { batteryLevel: 99 }));
    await ingest({ deviceId: device.deviceId, uplink: { kind: "offline", bootId: "a", receivedAt: at("12:00:00"), bytes: 10 } });
    expect(await samples()).toMatchObject([{ messages: 2, batteryMax: 50, batteryLast: 50 }]);
  });

  test("overlapping batches from several processes lose nothing", async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => ingest(heartbeat("10:10:00", index + 1, { signalStrength: -60 }))));
    const [sample] = await samples();
    expect(sample?.messages).toBe(10);
    expect(Number(sample?.signalSum)).toBe(-60 * (sample?.signalCount ?? 0));
  });
});

describe("the history", () => {
  test("24 hours are 24 points up to this hour; an hour without messages is null", async () => {
    await ingest(heartbeat("08:10:00", 1, { batteryLevel: 50, signalStrength: -61 }), heartbeat("08:20:00", 2, { signalStrength: -60 }));
    await ingest(heartbeat("10:10:00", 3, { batteryLevel: 48, errorCount: 3, uptimeSeconds: 60 }));
    const { points, thresholds, timeZone } = await history("24h", at("10:30:00"));
    expect([points.length, thresholds.lowBatteryThreshold, timeZone]).toEqual([24, 25, "Europe/Berlin"]);
    expect(points[0]?.at).toEqual(new Date(at("10:00:00").getTime() - 23 * HOUR));
    expect(points.slice(-3)).toEqual([
      expect.objectContaining({
        at: at("08:00:00"),
        messages: 2,
        battery: 50,
        batteryMin: 50,
        signal: -60.5,
        signalMin: -61,
        errors: null,
      }),
      {
        at: at("09:00:00"),
        messages: 0,
        battery: null,
        batteryMin: null,
        signal: null,
        signalMin: null,
        signalMax: null,
        errors: null,
        uptimeSeconds: null,
        restarts: null,
      },
      expect.objectContaining({ at: at("10:00:00"), battery: 48, signal: null, errors: 3, uptimeSeconds: 60, restarts: 0 }),
    ]);
  });

  test("7 days are 168 points; what is older is left out", async () => {
    await ingest(heartbeat("10:10:00", 1, { batteryLevel: 50 }));
    const { points } = await history("7d", new Date(at("10:30:00").getTime() + 167 * HOUR));
    expect([points.length, points[0]?.battery]).toEqual([168, 50]);
    const later = await history("7d", new Date(at("10:30:00").getTime() + 168 * HOUR));
    expect(later.points.every(({ battery, messages }) => battery === null && messages === 0)).toBe(true);
  });

  test("90 days are the farm's own days, the one of 23 hours among them", async () => {
    // In Berlin 29 March 2026 begins at 23:00 UTC and ends at 22:00, because the clocks go forward.
    await ingest(heartbeat("21:59:00", 1, { batteryLevel: 50, signalStrength: -60, errorCount: 1, uptimeSeconds: 100 }));
    await ingest(heartbeat("21:59:30", 2, { batteryLevel: 40, signalStrength: -70, errorCount: 6 }));
    await ingest(heartbeat("22:01:00", 1, { bootId: "b", batteryLevel: 39, signalStrength: -80 }));
    const { points } = await history("90d", at("23:30:00"));
    expect(points).toHaveLength(90);
    expect(points.slice(-3).map((point) => point.at)).toEqual([
      new Date("2026-03-27T23:00:00Z"),
      new Date("2026-03-28T23:00:00Z"),
      at("22:00:00"),
    ]);
    expect(points.at(-3)).toMatchObject({ messages: 0, battery: null, restarts: null });
    expect(points.at(-2)).toMatchObject({
      messages: 2,
      battery: 40,
      batteryMin: 40,
      signal: -65,
      errors: 6,
      uptimeSeconds: 100,
      restarts: 0,
    });
    expect(points.at(-1)).toMatchObject({ messages: 1, battery: 39, signal: -80, restarts: 1 });
  });

  test.each(["", "1y", undefined, null])("the span %j", async (range) => {
    const asked = history(range as string, at("10:30:00"));
    if (range === undefined) expect((await asked).range).toBe("24h");
    else await expect(asked).rejects.toMatchObject({ code: "invalid_input", fields: { range: expect.any(String) as string } });
  });
});

test("hours older than 400 days are forgotten, younger ones kept", async () => {
  await database.db.healthSample.deleteMany();
  const ages = [0, 399, 401, 500];
  await database.db.healthSample.createMany({
    data: ages.map((days) => ({ deviceKey: device.id, hour: new Date(Date.now() - days * 24 * HOUR) })),
  });
  expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ samples: 2 });
  expect(await samples()).toHaveLength(2);
  expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ samples: 0 });
});
