import { describe, expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { admin, after, NOW, useRolloutScene } from "@/server/testing/rollout-scene";
import { OPEN_STAGE, testRunning } from "@/server/testing/rollouts";
import { approveStage } from "./approve-stage";
import { cancelRollout } from "./cancel-rollout";
import { pauseRollout } from "./pause-rollout";
import { resumeRollout } from "./resume-rollout";
import { retryFailed } from "./retry-failed";
import { rollBackRollout } from "./roll-back-rollout";
import { skipTarget } from "./skip-target";

const database = useTestDatabase();
const { scene, targets, tick, states, rollout, rollOut, steer, herd, say, arrive } = useRolloutScene(database);
type Target = Awaited<ReturnType<typeof targets>>[number];

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
    await say([begun!], { state: "completed" }, after(2));
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
    await expect(pauseAs(actorWith("farm_manager", scene.farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(pauseAs(actorWith("field_staff", scene.farmId, other.id))).rejects.toMatchObject({ code: "forbidden" });
    await expect(pauseAs(actorWith("farm_manager", (await testFarm(db)).id))).rejects.toMatchObject({ code: "not_found" });
    await tick();
    await expect(
      pauseRollout({ ctx: contextOf(db, actorWith("farm_manager", scene.farmId, other.id), NOW), input: { id, version: 2 } }),
    ).resolves.toMatchObject({ version: 3 });
  });
});
