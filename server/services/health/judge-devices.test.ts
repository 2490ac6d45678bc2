import { beforeEach, describe, expect, test } from "vitest";
import type { Prisma as P } from "@/server/db/generated/client";
import { setMaintenance } from "@/server/services/devices/set-maintenance";
import { decommissionDevice } from "@/server/services/devices/decommission-device";
import { resolveAlerts } from "@/server/services/alerts/resolve-alerts";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { beatReception } from "./reception";
import { sweepHealth } from "./sweep-health";

const database = useTestDatabase();
const START = new Date("2026-06-01T12:00:00.000Z");
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
let farmId: string;
let seq = 0;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.alert.deleteMany();
  await database.db.reception.deleteMany();
  await database.db.changeFeed.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

type State = Omit<P.DeviceStateUncheckedCreateInput, "deviceKey">;
const device = (state: State = {}) =>
  testDevice(database.db, {
    farmId,
    lifecycle: "active",
    state: { lastSeenAt: START, connected: true, healthStatus: "healthy", ...state },
  });
const sweep = (minutes: number) => sweepHealth(database.db, at(minutes));
const report = (deviceId: string, minutes: number, values: { batteryLevel?: number; errorCount?: number; signalStrength?: number } = {}) =>
  ingestUplinks(
    database.db,
    [{ deviceId, uplink: { kind: "heartbeat", receivedAt: at(minutes), bytes: 10, heartbeat: { bootId: "b", seq: ++seq, ...values } } }],
    at(minutes),
  );
const alerts = () => database.db.alert.findMany({ orderBy: [{ firstOccurrence: "asc" }, { condition: "asc" }] });
const events = async (alertId: string) =>
  (await database.db.alertEvent.findMany({ where: { alertId }, orderBy: { at: "asc" } })).map((event) => event.kind);

describe("alerts of the health check", () => {
  test("silence raises one alert, each check counts it, a message ends it at once", async () => {
    const { deviceId } = await device();
    await sweep(10);
    expect(await alerts()).toEqual([]);
    for (const minute of [11, 12, 13]) await sweep(minute);
    expect(await alerts()).toMatchObject([
      {
        type: "offline",
        severity: "critical",
        state: "active",
        occurrenceCount: 3,
        firstOccurrence: at(11),
        lastOccurrence: at(13),
        farmId,
      },
    ]);
    await report(deviceId, 13.5);
    const [alert] = await alerts();
    expect(alert).toMatchObject({ state: "resolved", resolvedAt: at(13.5), resolvedById: null, resolutionNotes: "The condition is gone." });
    expect(await events(alert!.id)).toEqual(["raised", "auto_resolved"]);
  });

  test("a message that makes it worse raises at once; severity and value follow, in one alert", async () => {
    const { deviceId } = await device();
    await report(deviceId, 1, { batteryLevel: 15, errorCount: 6 });
    expect(await alerts()).toMatchObject([
      { condition: "battery", type: "low_battery", severity: "warning", value: 15, occurrenceCount: 1 },
      { condition: "errors", type: "elevated_errors", severity: "warning", value: 6 },
    ]);
    await report(deviceId, 2, { batteryLevel: 9, errorCount: 11 });
    const both = await alerts();
    expect(both).toMatchObject([
      { condition: "battery", severity: "critical", value: 9, occurrenceCount: 1 },
      { condition: "errors", type: "high_errors", severity: "critical", value: 11 },
    ]);
    expect(await events(both[0]!.id)).toEqual(["raised", "severity_changed"]);
  });

  test("an acknowledged alert is still open: the condition raises its count, not a second alert", async () => {
    await device();
    await sweep(11);
    await database.db.alert.updateMany({ data: { state: "acknowledged", acknowledgedAt: at(11) } });
    await sweep(12);
    expect(await alerts()).toMatchObject([{ state: "acknowledged", occurrenceCount: 2 }]);
  });

  test("what comes back opens a new alert with a link to the former; a person's resolve does not count as flapping", async () => {
    await device({ lastSeenAt: at(-60), batteryLevel: 100 });
    await sweep(0);
    const [first] = await alerts();
    const person = { ...actorWith("field_staff", farmId), userId: (await testPerson(database.db)).id };
    await resolveAlerts({ ctx: contextOf(database.db, person, at(0.5)), input: { ids: [first!.id], notes: "Looked at it" } });
    await sweep(1);
    expect(await alerts()).toMatchObject([
      { state: "resolved", resolutionNotes: "Looked at it", resolvedById: person.userId },
      { state: "active", formerId: first!.id, flaps: 0 },
    ]);
  });

  test("a condition that toggles is damped: the third alert stays until a quarter of an hour of calm", async () => {
    const { deviceId } = await device();
    for (const minute of [1, 3, 5]) {
      await report(deviceId, minute, { batteryLevel: 15 });
      await report(deviceId, minute + 1, { batteryLevel: 25 });
    }
    const three = await alerts();
    expect(three.map(({ state, flaps }) => [state, flaps])).toEqual([
      ["resolved", 0],
      ["resolved", 1],
      ["active", 2],
    ]);
    await report(deviceId, 8, { batteryLevel: 15 });
    await report(deviceId, 9, { batteryLevel: 25 });
    expect(await alerts()).toHaveLength(3);
    await sweep(23.9);
    expect((await alerts())[2]).toMatchObject({ state: "active", flaps: 3, clearedAt: at(9) });
    await sweep(24);
    expect((await alerts())[2]).toMatchObject({ state: "resolved", resolvedAt: at(24), clearedAt: at(9) });
    expect(await events(three[2]!.id)).toEqual(["raised", "calmed", "returned", "calmed", "auto_resolved"]);
    await report(deviceId, 60, { batteryLevel: 15 });
    expect((await alerts()).at(-1)).toMatchObject({ condition: "battery", flaps: 0, formerId: three[2]!.id });
  });

  test("maintenance and the end of service end its alerts; what others raised goes only with the device", async () => {
    const { id, deviceId } = await device({ batteryLevel: 5 });
    await database.db.device.update({ where: { id }, data: { firstConnectedAt: START } });
    await sweep(1);
    await database.db.alert.create({
      data: {
        deviceKey: id,
        farmId,
        condition: "firmware",
        type: "firmware_failed",
        severity: "warning",
        firstOccurrence: at(0),
        lastOccurrence: at(0),
      },
    });
    const ctx = contextOf(database.db, actorWith("farm_manager", farmId), at(2));
    await setMaintenance({ ctx, input: { deviceId, maintenance: true } });
    const states = async () => Object.fromEntries((await alerts()).map(({ condition, state }) => [condition, state]));
    expect(await states()).toEqual({ battery: "resolved", firmware: "active" });
    await sweep(3);
    expect(await states()).toEqual({ battery: "resolved", firmware: "active" });
    await setMaintenance({ ctx, input: { deviceId, maintenance: false } });
    await sweep(4);
    expect(await database.db.alert.count({ where: { condition: "battery", state: "active" } })).toBe(1);
    await decommissionDevice({ ctx, input: { deviceId, reason: "Broken" } });
    expect(await database.db.alert.count({ where: { state: { not: "resolved" } } })).toBe(0);
  });

  test("what was still wrong when maintenance began has not come back after it: it is no flapping", async () => {
    const { id, deviceId } = await device({ batteryLevel: 5 });
    await database.db.device.update({ where: { id }, data: { firstConnectedAt: START } });
    const work = (minutes: number, maintenance: boolean) =>
      setMaintenance({ ctx: contextOf(database.db, actorWith("farm_manager", farmId), at(minutes)), input: { deviceId, maintenance } });
    await sweep(1);
    for (const minute of [2, 4, 6]) {
      await work(minute, true);
      await work(minute + 1, false);
      await sweep(minute + 1.5);
    }
    expect((await alerts()).map(({ flaps, state }) => [flaps, state])).toEqual([
      ...Array.from({ length: 3 }, () => [0, "resolved"]),
      [0, "active"],
    ]);
    // The battery is replaced: nothing to wait for.
    await report(deviceId, 8, { batteryLevel: 100 });
    expect((await alerts()).at(-1)).toMatchObject({ state: "resolved", resolvedAt: at(8) });
  });

  test("ten checks and messages at once leave one alert a condition", async () => {
    const devices = await Promise.all(Array.from({ length: 5 }, () => device({ lastSeenAt: at(-60) })));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? sweep(1) : report(devices[0]!.deviceId, 1, { batteryLevel: 5 }))),
    );
    const open = await database.db.alert.groupBy({ by: ["deviceKey", "condition"], where: { state: { not: "resolved" } }, _count: true });
    expect(open.map((row) => row._count)).toEqual(Array(open.length).fill(1));
    expect(open.filter((row) => row.condition === "offline").length).toBeGreaterThanOrEqual(4);
  });
});

describe("while nothing can be received", () => {
  test("one alert of the system, none of devices; afterwards silence counts anew", async () => {
    await device();
    await beatReception(database.db, at(0));
    const old = await device({ lastSeenAt: at(-60), healthStatus: "critical" });
    await database.db.alert.create({
      data: {
        deviceKey: old.id,
        farmId,
        condition: "offline",
        type: "offline",
        severity: "critical",
        firstOccurrence: at(-40),
        lastOccurrence: at(0),
      },
    });
    for (const minute of [3, 30, 60]) await sweep(minute);
    const offline = () => database.db.alert.count({ where: { condition: "offline", state: "active" } });
    const system = () => database.db.alert.findMany({ where: { condition: "reception" } });
    expect(await offline()).toBe(1);
    expect(await system()).toMatchObject([{ state: "active", occurrenceCount: 3, deviceKey: null, groupId: null, severity: "critical" }]);
    // Back; the old alert is neither ended nor doubled, the other device has its whole window to speak up.
    for (let minute = 60; minute <= 72; minute++) {
      await beatReception(database.db, at(minute));
      await beatReception(database.db, at(minute + 0.5));
      await sweep(minute + 0.6);
      expect([minute, await offline()]).toEqual([minute, minute < 70 ? 1 : 2]);
    }
    expect(await system()).toMatchObject([{ state: "resolved", resolutionNotes: "Messages are received again." }]);
  });

  test("what is stored late, or the broker's word that a device is gone, makes no device silent", async () => {
    const [late, gone] = [await device(), await device()];
    await beatReception(database.db, at(19.9));
    const uplinks = [
      {
        deviceId: late.deviceId,
        uplink: { kind: "heartbeat" as const, receivedAt: at(1), bytes: 9, heartbeat: { bootId: "b", seq: 1, batteryLevel: 15 } },
      },
      { deviceId: gone.deviceId, uplink: { kind: "offline" as const, receivedAt: at(20), bytes: 9, bootId: "b" } },
    ];
    await ingestUplinks(database.db, uplinks, at(20));
    await sweep(20.1);
    expect((await alerts()).map((alert) => alert.condition)).toEqual(["battery"]);
    expect(await database.db.deviceState.count({ where: { healthStatus: "critical" } })).toBe(0);
  });

  test("a clock that jumps raises nothing", async () => {
    await device();
    for (const minute of [0, 0.5, 1]) await beatReception(database.db, at(minute));
    await sweep(1);
    // Three hours ahead, then back again.
    await sweep(181);
    await beatReception(database.db, at(181.1));
    await sweep(181.2);
    await beatReception(database.db, at(2));
    await sweep(2.1);
    expect(await database.db.alert.count({ where: { condition: "offline" } })).toBe(0);
  });
});
