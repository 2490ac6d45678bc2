import { beforeEach, describe, expect, test } from "vitest";
import { listAlerts } from "@/server/services/alerts/list-alerts";
import { snoozeAlerts } from "@/server/services/alerts/snooze-alerts";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { beatReception } from "./reception";
import { sweepHealth } from "./sweep-health";

const database = useTestDatabase();
// In Berlin, where the farm is, clocks go from two to three half an hour later.
const START = new Date("2026-03-29T00:30:00.000Z");
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
let farmId: string;
let seq = 0;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.alert.deleteMany();
  await database.db.reception.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

const device = (lastSeenAt = START) =>
  testDevice(database.db, { farmId, lifecycle: "active", state: { lastSeenAt, connected: true, healthStatus: "healthy" } });
const report = (deviceId: string, minutes: number, batteryLevel = 90) =>
  ingestUplinks(
    database.db,
    [{ deviceId, uplink: { kind: "heartbeat", receivedAt: at(minutes), bytes: 9, heartbeat: { bootId: "b", seq: ++seq, batteryLevel } } }],
    at(minutes),
  );
/** A minute as the clock of the database has it: two beats and the check. */
async function minute(minutes: number, speaking: readonly string[] = []) {
  await beatReception(database.db, at(minutes));
  for (const deviceId of speaking) await report(deviceId, minutes + 0.1);
  await beatReception(database.db, at(minutes + 0.5));
  await sweepHealth(database.db, at(minutes + 0.7));
}
const offline = () => database.db.alert.findMany({ where: { condition: "offline" }, orderBy: { firstOccurrence: "asc" } });

describe("a clock that is set", () => {
  test("forward: what was offline stays one alert, what was not has its whole window", async () => {
    const [gone, well, mute] = [await device(at(-60)), await device(at(-11)), await device(at(-11))];
    for (let now = -11; now <= 0; now++) await minute(now, [well.deviceId, mute.deviceId]);
    expect(await offline()).toMatchObject([{ deviceKey: gone.id, state: "active" }]);
    for (let now = 180; now < 195; now++) {
      await minute(now, [well.deviceId]);
      expect([now, (await offline()).length]).toEqual([now, now < 190 ? 1 : 2]);
    }
    expect(await offline()).toMatchObject([
      { deviceKey: gone.id, state: "active", firstOccurrence: at(-0.3) },
      { deviceKey: mute.id, state: "active", firstOccurrence: at(190.7) },
    ]);
    expect(await database.db.alert.count({ where: { condition: "reception" } })).toBe(0);
  });

  test("back: who speaks is heard, and who falls silent then is missed within its window, not hours later", async () => {
    const [well, mute] = [await device(), await device()];
    for (const now of [180, 181]) await minute(now, [well.deviceId, mute.deviceId]);
    for (let now = 0; now < 14; now++) {
      await minute(now, [well.deviceId]);
      expect([now, (await offline()).length]).toEqual([now, now < 11 ? 0 : 1]);
    }
    expect(await offline()).toMatchObject([{ deviceKey: mute.id, state: "active" }]);
    await report(mute.deviceId, 15);
    expect(await offline()).toMatchObject([{ state: "resolved", resolvedAt: at(15) }]);
  });

  test("back while a flapping alert is calm: it ends after a quarter of an hour by the new time", async () => {
    const { deviceId } = await device();
    for (const now of [180, 182, 184]) {
      await report(deviceId, now, 15);
      await report(deviceId, now + 1);
    }
    const last = () => database.db.alert.findFirstOrThrow({ orderBy: { firstOccurrence: "desc" }, include: { events: true } });
    for (let now = 0; now < 15; now++) await minute(now, [deviceId]);
    expect(await last()).toMatchObject({ state: "active", flaps: 2, clearedAt: at(0.7) });
    await minute(15, [deviceId]);
    expect(await last()).toMatchObject({ state: "resolved", resolvedAt: at(15.7) });
    expect((await last()).events.map((event) => event.kind).toSorted()).toEqual(["auto_resolved", "calmed", "raised"]);
  });

  test("to and fro at each check: no condition is alerted twice at a time, and none is forgotten", async () => {
    const devices = [await device(at(-300)), await device(at(-300)), await device()];
    await minute(-13);
    for (const now of [-12, 200, -11, 90, -10, 400]) await minute(now, [devices[2]?.deviceId ?? ""]);
    for (let now = 401; now < 413; now++) await minute(now, [devices[2]?.deviceId ?? ""]);
    expect((await offline()).map(({ deviceKey, state }) => [deviceKey, state]).toSorted()).toEqual(
      devices
        .slice(0, 2)
        .map(({ id }) => [id, "active"])
        .toSorted(),
    );
  });
});

test("an alert that is snoozed for a day in the night when clocks go forward sleeps for twenty-four hours", async () => {
  await device(at(-60));
  await sweepHealth(database.db, at(0));
  const person = { ...actorWith("field_staff", farmId), userId: (await testPerson(database.db)).id };
  const [alert] = await offline();
  const ctx = contextOf(database.db, person, at(0));
  await snoozeAlerts({ ctx, input: { ids: [alert?.id], until: at(24 * 60), reason: "The part is ordered" } });
  const shown = async (minutes: number) =>
    (await listAlerts({ ctx: contextOf(database.db, person, at(minutes)), input: {} })).alerts.length;
  expect([await shown(1), await shown(23 * 60 + 1), await shown(24 * 60 - 0.1), await shown(24 * 60)]).toEqual([0, 0, 0, 1]);
});
