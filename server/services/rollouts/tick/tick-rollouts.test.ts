import { beforeEach, describe, expect, test } from "vitest";
import type { ReportedUpdateState } from "@/server/domain/rollouts/vocabulary";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { countStates, OPEN_STAGE, TEST_DELIVERY, testFirmware, testReboot, testRollout, testRunning } from "@/server/testing/rollouts";
import { Prisma } from "@/server/db/generated/client";
import { approveStage } from "../approve-stage";
import { cancelRollout } from "../cancel-rollout";
import { pauseRollout } from "../pause-rollout";
import { applyUpdateReports, reconcileTargets } from "../reports";
import { resumeRollout } from "../resume-rollout";
import { retryFailed } from "../retry-failed";
import { rollBackRollout } from "../roll-back-rollout";
import { skipTarget } from "../skip-target";
import { tickRollouts } from "./tick-rollouts";

const database = useTestDatabase();
const NOW = new Date("2026-03-10T12:00:00Z");
const admin = actorWith("admin");
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
let farmId: string;
let firmwareId: string;

beforeEach(async () => {
  const { db } = database;
  await db.rollout.deleteMany();
  await db.alert.deleteMany();
  await db.device.deleteMany();
  await db.firmwareVersion.deleteMany();
  farmId = (await testFarm(db)).id;
  await testFirmware(db, "1.0.0");
  firmwareId = (await testFirmware(db, "2.0.0")).id;
});

const tick = (at = NOW) => tickRollouts(database.db, at, TEST_DELIVERY);
const steer = async (verb: typeof pauseRollout | typeof rollBackRollout, id: string, at = NOW, input: object = {}) => {
  const { version } = await database.db.rollout.findUniqueOrThrow({ where: { id } });
  return verb({ ctx: contextOf(database.db, admin, at), input: { id, version, ...input } });
};

async function herd(size: number, given: object = {}) {
  const devices = [];
  for (let count = 0; count < size; count++) devices.push(await testRunning(database.db, farmId, "1.0.0", given));
  return devices;
}

const rollOut = (given: object = {}) => testRollout(database.db, admin, { firmwareId, now: NOW, ...given });
const targets = (rolloutId: string, where: object = {}) =>
  database.db.rolloutTarget.findMany({
    where: { rolloutId, superseded: false, ...where },
    include: { device: true },
    orderBy: { cohort: "asc" },
  });
const states = (rolloutId: string) => countStates(database.db, rolloutId);
const rollout = (id: string) =>
  database.db.rollout.findUniqueOrThrow({ where: { id }, include: { stages: { orderBy: { position: "asc" } } } });

interface Said {
  state: ReportedUpdateState;
  progress?: number;
  code?: "hash" | "boot";
  attempt?: number;
}

type Target = Awaited<ReturnType<typeof targets>>[number];

async function say(told: readonly Target[], said: Said, at = NOW) {
  await database.db.$transaction((tx) =>
    applyUpdateReports(
      tx,
      told.map(({ id, attempt, device }) => ({
        deviceId: device.deviceId,
        execution: id,
        attempt: said.attempt ?? attempt,
        state: said.state,
        progress: said.progress ?? null,
        code: said.code ?? null,
        error: said.code ? `It says ${said.code}` : null,
      })),
      at,
    ),
  );
}

/** They restart and run the new version; their heartbeats are taken in. */
async function arrive(told: readonly Target[], at = NOW, version = "2.0.0") {
  await testReboot(
    database.db,
    told.map(({ deviceKey }) => deviceKey),
    version,
    new Date(at.getTime() + 1_000),
  );
  await database.db.$transaction((tx) => reconcileTargets(tx, Prisma.sql`true`, at));
}

describe("a device", () => {
  test("is told once, goes through its states and is completed when it runs the version after a restart", async () => {
    const { db } = database;
    const [device] = await herd(1);
    const id = await rollOut();
    expect(await tick()).toMatchObject({ started: 1, told: 1 });
    expect(await tick()).toMatchObject({ told: 0 });
    const [told] = await targets(id);
    expect(told).toMatchObject({ state: "sent", fromVersion: "1.0.0", fromBootId: "boot-1", attempt: 1 });
    const command = await db.deviceCommand.findUniqueOrThrow({ where: { id: told!.commandId! } });
    expect(command).toMatchObject({ kind: "firmware_update", state: "queued", seq: 1n });
    expect(command.payload).toMatchObject({
      execution: told!.id,
      attempt: 1,
      manifest: `signed.${told!.id}`,
      url: expect.stringContaining(device!.deviceId) as string,
    });
    await say([told!], { state: "downloading", progress: 40 }, after(1));
    await say([told!], { state: "downloading", progress: 20 }, after(1));
    expect((await targets(id))[0]).toMatchObject({ state: "downloading", progress: 40 });
    expect(await db.device.findUnique({ where: { id: device!.id } })).toMatchObject({
      firmwareUpdateStatus: "downloading",
      targetFirmwareVersion: "2.0.0",
    });
    await say([told!], { state: "installing" }, after(2));
    await say([told!], { state: "downloaded" }, after(2));
    expect((await targets(id))[0]).toMatchObject({ state: "installing" });
    await say([told!], { state: "completed" }, after(3));
    expect((await targets(id))[0]).toMatchObject({ state: "verifying" });
    await arrive([told!], after(4));
    expect((await targets(id))[0]).toMatchObject({ state: "completed", finishedAt: after(4) });
    expect(await db.device.findUnique({ where: { id: device!.id } })).toMatchObject({
      firmwareUpdateStatus: "completed",
      targetFirmwareVersion: null,
      firmwareUpdateCompletedAt: after(4),
    });
    expect(await db.deviceCommand.findUnique({ where: { id: command.id } })).toMatchObject({ state: "succeeded" });
    const log = await db.rolloutLog.findMany({ where: { rolloutId: id }, orderBy: { at: "asc" } });
    expect(log.map(({ state }) => state)).toEqual(["sent", "downloading", "installing", "verifying", "completed"]);
    expect(log.at(-1)).toMatchObject({ previousVersion: "1.0.0", targetVersion: "2.0.0", durationSeconds: 240 });
    await tick(after(4));
    expect(await rollout(id)).toMatchObject({ state: "completed", finishedAt: after(4) });
  });

  test("that runs the version in the same boot in which it was told has not restarted: it is not completed", async () => {
    const { db } = database;
    const [device] = await herd(1);
    const id = await rollOut();
    await tick();
    await db.deviceState.update({ where: { deviceKey: device!.id }, data: { firmwareVersion: "2.0.0", lastSeenAt: after(1) } });
    await tick(after(1));
    expect(await states(id)).toEqual({ sent: 1 });
  });

  test("that says it is done and runs another version has failed", async () => {
    await herd(1);
    const id = await rollOut();
    await tick();
    const told = await targets(id);
    await say(told, { state: "completed" }, after(1));
    await arrive(told, after(2), "1.0.0");
    expect((await targets(id))[0]).toMatchObject({ state: "failed", failureCode: "version" });
  });

  test("that fails raises an alert, and a later success ends it", async () => {
    const { db } = database;
    await herd(1);
    const id = await rollOut({
      stages: [{ ...OPEN_STAGE, failureThreshold: 100, successThreshold: 0 }],
      policy: { maxInFlightGroup: null },
    });
    await tick();
    await say(await targets(id), { state: "failed", code: "hash" }, after(1));
    expect(await states(id)).toEqual({ failed: 1 });
    expect(await db.device.findFirst()).toMatchObject({
      firmwareUpdateStatus: "failed",
      targetFirmwareVersion: "2.0.0",
      firmwareUpdateError: "It says hash",
    });
    const [alert] = await db.alert.findMany();
    expect(alert).toMatchObject({ type: "firmware_failed", state: "active", message: "Update to 2.0.0 failed: It says hash" });
    await steer(retryFailed, id, after(2));
    await tick(after(2));
    const [second] = await targets(id);
    expect(second).toMatchObject({ attempt: 2, state: "sent" });
    await say([second!], { state: "downloading", attempt: 1 }, after(3));
    expect(await states(id)).toEqual({ sent: 1 });
    await say([second!], { state: "verifying" }, after(3));
    await arrive([second!], after(4));
    expect(await states(id)).toEqual({ completed: 1 });
    expect(await db.alert.findFirst()).toMatchObject({ state: "resolved", occurrenceCount: 1 });
    expect(await db.rolloutTarget.findMany({ where: { rolloutId: id, superseded: true } })).toMatchObject([
      { attempt: 1, state: "failed" },
    ]);
  });

  test("that falls silent has failed when its state's time is up; a sign of progress begins it anew", async () => {
    await herd(2);
    const id = await rollOut({ stages: [{ ...OPEN_STAGE, minimumSample: 5 }], policy: { maxInFlightGroup: null } });
    await tick();
    const [one, other] = await targets(id);
    await say([one!], { state: "downloading", progress: 1 }, after(20));
    expect(await tick(after(29))).toMatchObject({ silent: 0 });
    expect(await tick(after(30))).toMatchObject({ silent: 1 });
    expect((await targets(id)).find((target) => target.id === other!.id)).toMatchObject({ state: "timed_out", failureCode: "timeout" });
    expect(await tick(after(50))).toMatchObject({ silent: 1 });
    // The lateness of what ended does not bring it back.
    await say([other!], { state: "completed" }, after(51));
    expect(await states(id)).toEqual({ timed_out: 2 });
  });

  test("of a patient type gets its time", async () => {
    const { db } = database;
    const { id: collars } = await testFirmware(db, "2.0.0-collar", { deviceType: "collar" });
    await testRunning(db, farmId, "1.0.0", { type: "collar" });
    const id = await testRollout(db, admin, { firmwareId: collars, now: NOW, filter: { types: ["collar"] } });
    await tick();
    await tick(after(23 * 60));
    expect(await states(id)).toEqual({ sent: 1 });
    await tick(after(24 * 60));
    expect(await states(id)).toEqual({ timed_out: 1 });
  });

  test("cannot be told of by another device, another attempt or an unknown execution", async () => {
    await herd(2);
    const id = await rollOut();
    await tick();
    const [one, other] = await targets(id);
    await say([{ ...one!, device: other!.device }], { state: "failed", code: "boot" });
    await say([one!], { state: "failed", code: "boot", attempt: 2 });
    await say([{ ...one!, id: "01890000-0000-7000-8000-000000000000" }], { state: "failed", code: "boot" });
    expect(await states(id)).toEqual({ sent: 2 });
  });
});

describe("who waits", () => {
  test.each<[string, object, object, string | undefined]>([
    ["is not connected", { state: { connected: false } }, {}, "offline"],
    ["is in maintenance", { lifecycle: "maintenance" }, {}, "maintenance"],
    ["has too little battery", { powerSource: "battery", state: { batteryLevel: 39 } }, { minBatteryLevel: 40 }, "battery"],
    ["has just enough battery", { powerSource: "battery", state: { batteryLevel: 40 } }, { minBatteryLevel: 40 }, undefined],
    ["is on mains with a low number", { powerSource: "mains", state: { batteryLevel: 1 } }, { minBatteryLevel: 40 }, undefined],
    ["has a weak signal", { state: { signalStrength: -91 } }, { minSignal: -90 }, "signal"],
    ["has just enough signal", { state: { signalStrength: -90 } }, { minSignal: -90 }, undefined],
    ["is forced in maintenance", { lifecycle: "maintenance" }, { forceUpdate: true, forceReason: "Security" }, undefined],
    ["is forced and not connected", { state: { connected: false } }, { forceUpdate: true, forceReason: "Security" }, "offline"],
  ])("a device that %s", async (_, given, policy, reason) => {
    await herd(1, given);
    const id = await rollOut({ policy: { maxInFlightGroup: null, ...policy } });
    await tick();
    expect((await targets(id))[0]).toMatchObject(reason ? { state: "held", reason } : { state: "sent", reason: null });
  });

  test("goes on when the reason is gone", async () => {
    const [device] = await herd(1, { state: { connected: false } });
    const id = await rollOut();
    await tick();
    await database.db.deviceState.update({ where: { deviceKey: device!.id }, data: { connected: true } });
    expect(await tick(after(1))).toMatchObject({ told: 1 });
    expect(await states(id)).toEqual({ sent: 1 });
  });

  test("milking and the time before it, on the farm's own clock, in summer as in winter", async () => {
    const { db } = database;
    await db.milkingSession.create({
      data: { farmId, name: "Evening", weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 17 * 60, endMinute: 19 * 60 },
    });
    await herd(1);
    const id = await rollOut({ policy: { maxInFlightGroup: null, milkingMargin: 30 } });
    const heldAt = async (instant: string) => {
      await db.rolloutTarget.updateMany({ where: { rolloutId: id }, data: { state: "pending", reason: null } });
      await db.deviceCommand.deleteMany();
      await tick(new Date(instant));
      return (await targets(id))[0]?.reason ?? null;
    };
    // Berlin: 17:00 is 16:00 UTC in March before the change, 15:00 after.
    expect(await heldAt("2026-03-10T15:29:00Z")).toBeNull();
    expect(await heldAt("2026-03-10T15:30:00Z")).toBe("milking");
    expect(await heldAt("2026-03-10T17:59:00Z")).toBe("milking");
    expect(await heldAt("2026-03-10T18:00:00Z")).toBeNull();
    expect(await heldAt("2026-04-10T14:30:00Z")).toBe("milking");
    expect(await heldAt("2026-04-10T17:00:00Z")).toBeNull();
  });

  test("a farm that wants nothing changed", async () => {
    await database.db.farm.update({ where: { id: farmId }, data: { freezeUntil: after(60) } });
    await herd(1);
    const id = await rollOut();
    await tick();
    expect((await targets(id))[0]).toMatchObject({ state: "held", reason: "freeze" });
    await tick(after(60));
    expect(await states(id)).toEqual({ sent: 1 });
  });

  test("never two of one group at once, whatever the rollout", async () => {
    const { db } = database;
    const group = await db.deviceGroup.create({ data: { farmId, name: "Pen 1", code: `PEN${Date.now()}` } });
    await herd(3, { groupId: group.id });
    await herd(2);
    const id = await rollOut({ policy: { maxInFlightGroup: 1 } });
    await tick();
    expect(await states(id)).toEqual({ sent: 3, pending: 2 });
    await tick(after(1));
    expect(await states(id)).toEqual({ sent: 3, pending: 2 });
    const [busy] = (await targets(id, { state: "sent" })).filter(({ device }) => device.groupId === group.id);
    await say([busy!], { state: "verifying" }, after(1));
    await arrive([busy!], after(2));
    await tick(after(2));
    expect(await states(id)).toEqual({ completed: 1, sent: 3, pending: 1 });
  });

  test("no more in flight than allowed, no more a minute than allowed", async () => {
    await herd(10);
    const id = await rollOut({ policy: { maxInFlightGroup: null, maxInFlight: 4, ratePerMinute: 3 } });
    expect(await tick()).toMatchObject({ told: 3 });
    expect(await tick(after(0.5))).toMatchObject({ told: 0 });
    expect(await tick(after(1))).toMatchObject({ told: 1 });
    await arrive(await targets(id, { state: "sent" }), after(1));
    expect(await tick(after(2.5))).toMatchObject({ told: 3 });
  });
});

describe("stages", () => {
  const percent = (upTo: number, gate: object = {}) => ({ ...OPEN_STAGE, size: { kind: "percent", upTo }, ...gate });

  test("the next opens when enough have made it, not before", async () => {
    await herd(10);
    const id = await rollOut({ stages: [percent(20), percent(100)] });
    await tick();
    expect(await states(id)).toEqual({ sent: 2, pending: 8 });
    const canaries = await targets(id, { position: 0 });
    await arrive(canaries.slice(0, 1), after(1));
    await tick(after(1));
    expect((await rollout(id)).currentStage).toBe(0);
    await arrive(canaries.slice(1), after(2));
    await tick(after(2));
    expect(await rollout(id)).toMatchObject({
      currentStage: 1,
      stages: [
        { state: "done", doneAt: after(2) },
        { state: "open", openedAt: after(2) },
      ],
    });
    expect(await states(id)).toEqual({ completed: 2, sent: 8 });
  });

  test("soak, then ask, then go on when somebody approves", async () => {
    await herd(2);
    const id = await rollOut({ stages: [percent(50, { soakMinutes: 60, needsApproval: true }), percent(100)] });
    await tick();
    await expect(steer(approveStage, id)).rejects.toMatchObject({ code: "conflict" });
    await arrive(await targets(id, { position: 0 }), after(1));
    await tick(after(1));
    expect(await rollout(id)).toMatchObject({ stages: [{ state: "soaking", soakUntil: after(61) }, {}] });
    await tick(after(60));
    expect(await rollout(id)).toMatchObject({ stages: [{ state: "soaking" }, {}] });
    await tick(after(61));
    await tick(after(62));
    expect(await rollout(id)).toMatchObject({ currentStage: 0, stages: [{ state: "awaiting_approval" }, { state: "waiting" }] });
    await steer(approveStage, id, after(63));
    await tick(after(63));
    expect(await rollout(id)).toMatchObject({
      currentStage: 1,
      stages: [{ state: "done", approvedById: admin.userId }, { state: "open" }],
    });
  });

  test("too many failures pause it with the reason; nobody new is told; resumed, only new ones stop it", async () => {
    await herd(20);
    const gate = { failureThreshold: 10, minimumSample: 5, successThreshold: 80 };
    const id = await rollOut({ stages: [percent(100, gate)], policy: { maxInFlightGroup: null, maxInFlight: 10 } });
    await tick();
    const told = await targets(id, { state: "sent" });
    await arrive(told.slice(0, 4), after(1));
    await say(told.slice(4, 5), { state: "failed", code: "boot" }, after(1));
    expect(await tick(after(1))).toMatchObject({ stopped: 0, told: 0 });
    const stopped = await rollout(id);
    expect(stopped).toMatchObject({ state: "paused", stop: { cause: { kind: "failures", failed: 1, resolved: 5, thresholdPercent: 10 } } });
    expect(await tick(after(2))).toMatchObject({ told: 0 });
    expect(await states(id)).toEqual({ completed: 4, failed: 1, sent: 5, pending: 10 });
    await steer(resumeRollout, id, after(3));
    expect(await rollout(id)).toMatchObject({ state: "in_progress", stop: null, baselineCompleted: 4, baselineFailed: 1 });
    expect(await tick(after(3))).toMatchObject({ told: 5 });
    expect((await rollout(id)).state).toBe("in_progress");
  });

  test("the policy sends back what the stage has updated, by a rollout of its own", async () => {
    const { db } = database;
    await herd(10);
    const gate = { failureThreshold: 10, minimumSample: 5 };
    const id = await rollOut({ stages: [percent(100, gate)], policy: { maxInFlightGroup: null, failurePolicy: "rollback_all" } });
    await tick();
    const told = await targets(id);
    await arrive(told.slice(0, 4), after(1));
    await say(told.slice(4, 6), { state: "failed", code: "boot" }, after(1));
    expect(await tick(after(1))).toMatchObject({ stopped: 1 });
    expect(await rollout(id)).toMatchObject({ state: "failed", finishedAt: after(1) });
    const back = await db.rollout.findFirstOrThrow({ where: { undoesId: id }, include: { stages: true } });
    expect(back).toMatchObject({ kind: "rollback", state: "scheduled", name: "Back: A rollout" });
    expect(await states(back.id)).toEqual({ pending: 4 });
    await tick(after(2));
    await tick(after(2));
    expect(await states(back.id)).toEqual({ sent: 1, pending: 3 });
    await arrive(await targets(back.id, { state: "sent" }), after(3), "1.0.0");
    await tick(after(3));
    await tick(after(3));
    await arrive(await targets(back.id, { state: "sent" }), after(4), "1.0.0");
    await tick(after(4));
    await tick(after(4));
    expect(await states(back.id)).toEqual({ completed: 4 });
    expect((await rollout(back.id)).state).toBe("completed");
  });
});

describe("a person", () => {
  test("pauses and resumes; a decision on an older state is refused", async () => {
    await herd(2);
    const id = await rollOut({ policy: { maxInFlight: 1, maxInFlightGroup: null } });
    await tick();
    const { version } = await rollout(id);
    await pauseRollout({ ctx: contextOf(database.db, admin, NOW), input: { id, version, reason: "Visitors" } });
    await expect(pauseRollout({ ctx: contextOf(database.db, admin, NOW), input: { id, version } })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await rollout(id)).toMatchObject({ state: "paused", stop: { by: admin.name, reason: "Visitors" } });
    await arrive(await targets(id, { state: "sent" }), after(1));
    expect(await tick(after(1))).toMatchObject({ told: 0 });
    await steer(resumeRollout, id, after(2));
    expect(await tick(after(2))).toMatchObject({ told: 1 });
  });

  test("cancels: who waits is let go, who is at work ends", async () => {
    const { db } = database;
    await herd(4);
    const id = await rollOut({ policy: { maxInFlight: 2, maxInFlightGroup: null } });
    await tick();
    const [begun, unsent] = await targets(id, { state: "sent" });
    await say([begun!], { state: "downloading", progress: 5 });
    await steer(cancelRollout, id, after(1));
    expect(await states(id)).toEqual({ downloading: 1, cancelled: 3 });
    expect(await db.deviceCommand.findUnique({ where: { id: unsent!.commandId! } })).toMatchObject({ state: "cancelled" });
    expect(await db.device.findUnique({ where: { id: unsent!.deviceKey } })).toMatchObject({
      firmwareUpdateStatus: "none",
      targetFirmwareVersion: null,
    });
    await arrive([begun!], after(2));
    expect(await states(id)).toEqual({ completed: 1, cancelled: 3 });
    expect(await tick(after(3))).toMatchObject({ told: 0, started: 0 });
    for (const verb of [cancelRollout, pauseRollout, resumeRollout, retryFailed]) {
      await expect(steer(verb, id, after(3))).rejects.toMatchObject({ code: "conflict" });
    }
  });

  test("skips a device that waits, not one that has been told", async () => {
    await herd(2);
    const id = await rollOut({ policy: { maxInFlight: 1, maxInFlightGroup: null } });
    await tick();
    const [told] = await targets(id, { state: "sent" });
    const [waits] = await targets(id, { state: "pending" });
    const skip = (target: Target) =>
      skipTarget({ ctx: contextOf(database.db, admin, NOW), input: { id, deviceId: target.device.deviceId } });
    await skip(waits!);
    await expect(skip(told!)).rejects.toMatchObject({ code: "conflict" });
    expect(await states(id)).toEqual({ sent: 1, skipped: 1 });
    await arrive([told!], after(1));
    await tick(after(1));
    expect((await rollout(id)).state).toBe("completed");
  });

  test("sends back what was updated; what ran something unknown stays, and is said", async () => {
    const { db } = database;
    const devices = await herd(3);
    await db.deviceState.update({ where: { deviceKey: devices[0]!.id }, data: { firmwareVersion: "0.9.0" } });
    const id = await rollOut();
    await tick();
    await arrive(await targets(id), after(1));
    await tick(after(1));
    expect((await rollout(id)).state).toBe("completed");
    expect(await steer(rollBackRollout, id, after(2))).toMatchObject({ devices: 2, stranded: 1 });
    await expect(steer(rollBackRollout, id, after(2))).rejects.toMatchObject({ code: "conflict" });
  });

  test("steers only with the right on every farm of the rollout", async () => {
    const { db } = database;
    const other = await testFarm(db);
    await herd(1);
    await testRunning(db, other.id, "1.0.0");
    const id = await rollOut();
    const pauseAs = (actor: Parameters<typeof contextOf>[1]) => pauseRollout({ ctx: contextOf(db, actor, NOW), input: { id, version: 1 } });
    await expect(pauseAs(actorWith("farm_manager", farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(pauseAs(actorWith("field_staff", farmId, other.id))).rejects.toMatchObject({ code: "forbidden" });
    await expect(pauseAs(actorWith("farm_manager", (await testFarm(db)).id))).rejects.toMatchObject({ code: "not_found" });
    await tick();
    await expect(
      pauseRollout({ ctx: contextOf(db, actorWith("farm_manager", farmId, other.id), NOW), input: { id, version: 2 } }),
    ).resolves.toMatchObject({ version: 3 });
  });
});

describe("the tick", () => {
  test("many at once tell nobody twice", async () => {
    await herd(30);
    const id = await rollOut({ policy: { maxInFlight: 100, maxInFlightGroup: null } });
    await Promise.allSettled(Array.from({ length: 5 }, () => tick()));
    await tick(after(1));
    expect(await states(id)).toEqual({ sent: 30 });
    expect(await database.db.deviceCommand.count()).toBe(30);
  });

  test("that dies while it signs has told nobody", async () => {
    await herd(3);
    const id = await rollOut();
    await expect(tickRollouts(database.db, NOW, { ...TEST_DELIVERY, sign: () => Promise.reject(new Error("power cut")) })).rejects.toThrow(
      "power cut",
    );
    expect(await states(id)).toEqual({ pending: 3 });
    expect(await database.db.deviceCommand.count()).toBe(0);
    await tick(after(1));
    expect(await states(id)).toEqual({ sent: 3 });
  });

  test("begins what is scheduled at its time", async () => {
    await herd(1);
    const id = await rollOut();
    await database.db.rollout.update({ where: { id }, data: { scheduledAt: after(10) } });
    expect(await tick(after(9))).toMatchObject({ started: 0, told: 0 });
    expect(await tick(after(10))).toMatchObject({ started: 1, told: 1 });
  });

  test("needs the same number of statements for one device and for thirty", async () => {
    await herd(1);
    await rollOut();
    const few = await countStatements(() => tick());
    await database.db.rollout.deleteMany();
    await database.db.deviceCommand.deleteMany();
    await herd(29);
    await rollOut();
    expect(await countStatements(() => tick(after(1)))).toBe(few);
  });
});
