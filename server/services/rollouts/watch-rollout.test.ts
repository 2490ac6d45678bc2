import { expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { admin, after, useRolloutScene } from "@/server/testing/rollout-scene";
import { testRunning } from "@/server/testing/rollouts";
import { getCourse } from "./get-course";
import { getRollout } from "./get-rollout";
import { listDeeds } from "./list-deeds";
import { pauseRollout } from "./pause-rollout";
import { rollBackRollout } from "./roll-back-rollout";
import { skipTarget } from "./skip-target";

const database = useTestDatabase();
const { scene, herd, rollOut, tick, targets, say, arrive, steer } = useRolloutScene(database);

const watch = (minutes: number, actor = admin) => ({ ctx: contextOf(database.db, actor, after(minutes)) });

test("its course adds up what was done, what failed and who was at work", async () => {
  await herd(10);
  const id = await rollOut({ policy: { maxInFlight: 6 } });
  expect(await getCourse({ ...watch(0), input: { id } })).toEqual({ total: 10, points: [] });
  await tick();
  const told = await targets(id, { state: "sent" });
  expect(told).toHaveLength(6);
  await arrive(told.slice(0, 3), after(10));
  await say(told.slice(3, 4), { state: "failed", code: "boot" }, after(20));
  const { total, points } = await getCourse({ ...watch(60), input: { id } });
  expect(total).toBe(10);
  expect(points).toHaveLength(61);
  const at = (minutes: number) => {
    const { at: _, ...counts } = points.findLast((point) => point.at <= after(minutes))!;
    return counts;
  };
  expect(at(0)).toEqual({ done: 0, failed: 0, underWay: 6 });
  expect(at(9)).toEqual({ done: 0, failed: 0, underWay: 6 });
  expect(at(11)).toEqual({ done: 3, failed: 0, underWay: 3 });
  expect(at(60)).toEqual({ done: 3, failed: 1, underWay: 2 });
});

test("its course ends with the last that happened, and counts the caller's farms only", async () => {
  const { db } = database;
  const other = await testFarm(db);
  await herd(2);
  await testRunning(db, other.id, "1.0.0");
  const id = await rollOut();
  await tick();
  await arrive(await targets(id), after(30));
  await tick(after(30));
  const { total, points } = await getCourse({ ...watch(9_000, actorWith("viewer", other.id)), input: { id } });
  expect(total).toBe(1);
  expect(points.at(-1)).toEqual({ at: after(30), done: 1, failed: 0, underWay: 0 });
});

test("what people did to it is told with their reasons; devices of other farms are not named", async () => {
  const { db } = database;
  const other = await testFarm(db);
  const elsewhere = await testRunning(db, other.id, "1.0.0", { state: { connected: false } });
  await herd(1);
  const id = await rollOut();
  await tick();
  await skipTarget({ ...watch(1), input: { id, deviceId: elsewhere.deviceId, reason: "Is being replaced" } });
  await steer(pauseRollout, id, after(2), { reason: "Inspection" });
  const deeds = await listDeeds({ ...watch(3), input: { id } });
  expect(deeds.map(({ action, reason, devices, deviceId }) => [action, reason, devices, deviceId])).toEqual([
    ["rollout.paused", "Inspection", null, null],
    ["rollout.device_skipped", "Is being replaced", null, elsewhere.deviceId],
    ["rollout.created", null, 2, null],
  ]);
  expect(deeds[0]).toMatchObject({ at: after(2), by: admin.name });
  const [, skipped, created] = await listDeeds({ ...watch(3, actorWith("viewer", scene.farmId)), input: { id } });
  expect(skipped).toMatchObject({ action: "rollout.device_skipped", deviceId: null });
  expect(created).toMatchObject({ action: "rollout.created", devices: null });
});

test("says before anybody decides how many could be sent back, and by what it was undone", async () => {
  const { db } = database;
  const devices = await herd(3);
  await db.deviceState.update({ where: { deviceKey: devices[0]!.id }, data: { firmwareVersion: "0.9.0" } });
  const id = await rollOut();
  await tick();
  const look = (actor = admin) => getRollout({ ...watch(3, actor), input: { id } });
  expect((await look()).goBack).toBeNull();
  await arrive(await targets(id), after(1));
  await tick(after(1));
  expect(await look()).toMatchObject({ state: "completed", goBack: { devices: 2, stranded: 1 }, undoneBy: [] });
  expect((await look(actorWith("viewer", scene.farmId))).goBack).toBeNull();
  await steer(rollBackRollout, id, after(2));
  expect(await look()).toMatchObject({ goBack: { devices: 0, stranded: 1 }, undoneBy: [{ state: "scheduled" }] });
});

test("is not found by whoever has none of its devices", async () => {
  await herd(1);
  const id = await rollOut();
  const stranger = watch(0, actorWith("viewer", (await testFarm(database.db)).id));
  for (const read of [getCourse, listDeeds, getRollout])
    await expect(read({ ...stranger, input: { id } })).rejects.toMatchObject({ code: "not_found" });
});
