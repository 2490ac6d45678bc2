import { describe, expect, test } from "vitest";
import { ingestUplinks, type DeviceUplink } from "@/server/services/ingest/ingest-uplinks";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { admin, after, NOW, useRolloutScene } from "@/server/testing/rollout-scene";
import { OPEN_STAGE, TEST_DELIVERY, testFirmware, testRollout, testRunning } from "@/server/testing/rollouts";
import { retryFailed } from "../retry-failed";
import { tickRollouts } from "./tick-rollouts";

const database = useTestDatabase();
const { scene, targets, tick, states, rollout, rollOut, steer, herd, say, arrive } = useRolloutScene(database);

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

  test("that runs the version on trial is not completed yet: it may go back", async () => {
    await herd(2);
    const id = await rollOut({ policy: { maxInFlightGroup: null } });
    await tick();
    const told = await targets(id);
    await say(told, { state: "verifying" }, after(1));
    await arrive(told, after(2));
    expect(await states(id)).toEqual({ verifying: 2 });
    await say(told.slice(0, 1), { state: "rolled_back", code: "boot" }, after(3));
    await say(told.slice(1), { state: "completed" }, after(3));
    await tick(after(3));
    expect(await states(id)).toEqual({ rolled_back: 1, completed: 1 });
  });

  test("that refuses the order has failed with its reason; one that has begun, or another's command, is left alone", async () => {
    const [refuser, beginner, third] = await herd(3);
    const id = await rollOut({ policy: { maxInFlightGroup: null } });
    await tick();
    const told = await targets(id);
    const commandOf = (key: string) => told.find(({ deviceKey }) => deviceKey === key)!.commandId!;
    await say(
      told.filter(({ deviceKey }) => deviceKey === beginner!.id),
      { state: "downloading" },
      after(1),
    );
    const refusal = (deviceId: string, command: string): DeviceUplink => ({
      deviceId,
      uplink: { kind: "other", receivedAt: after(2), bytes: 10 },
      response: { id: command, state: "failed", code: "battery", error: "12 % are left" },
    });
    const batch = [
      refusal(refuser!.deviceId, commandOf(refuser!.id)),
      refusal(refuser!.deviceId, commandOf(refuser!.id)),
      refusal(beginner!.deviceId, commandOf(beginner!.id)),
      refusal(refuser!.deviceId, commandOf(third!.id)),
    ];
    await ingestUplinks(database.db, batch, after(2));
    expect(await states(id)).toEqual({ failed: 1, downloading: 1, sent: 1 });
    expect((await targets(id, { state: "failed" }))[0]).toMatchObject({
      deviceKey: refuser!.id,
      failureCode: "battery",
      error: "12 % are left",
      finishedAt: after(2),
    });
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
    await say([second!], { state: "completed" }, after(3));
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
    await testRunning(db, scene.farmId, "1.0.0", { type: "collar" });
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
