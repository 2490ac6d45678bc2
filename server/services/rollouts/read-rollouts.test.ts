import { beforeEach, expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testFirmware, testRolloutRow, testRunning } from "@/server/testing/rollouts";
import { listRollouts } from "./list-rollouts";
import { listTargets } from "./list-targets";

const database = useTestDatabase();
const NOW = new Date("2026-03-10T12:00:00Z");
const admin = actorWith("admin");

beforeEach(async () => {
  const { db } = database;
  await db.rollout.deleteMany();
  await db.device.deleteMany();
  await db.firmwareVersion.deleteMany();
});

test("the list is narrowed to those that touch chosen farms, within what the caller may see", async () => {
  const { db } = database;
  const [north, south, third] = [(await testFarm(db)).id, (await testFarm(db)).id, (await testFarm(db)).id];
  const { id: firmwareId } = await testFirmware(db, "2.0.0");
  await testRolloutRow(db, { firmwareId, farmIds: [north], name: "North" });
  await testRolloutRow(db, { firmwareId, farmIds: [north, south], name: "Both" });
  await testRolloutRow(db, { firmwareId, farmIds: [third], name: "Third" });
  const names = async (farmIds: string[], actor = admin) => {
    const { rollouts } = await listRollouts({ ctx: contextOf(db, actor, NOW), input: { farmIds } });
    return rollouts.map(({ name }) => name).sort();
  };
  expect(await names([])).toEqual(["Both", "North", "Third"]);
  expect(await names([south])).toEqual(["Both"]);
  expect(await names([south, third])).toEqual(["Both", "Third"]);
  expect(await names([third], actorWith("viewer", north))).toEqual([]);
});

test("devices are narrowed to those that failed, wait or were left out for one reason", async () => {
  const { db } = database;
  const { id: farmId } = await testFarm(db);
  const { id: firmwareId } = await testFirmware(db, "2.0.0");
  const { id } = await testRolloutRow(db, { firmwareId, farmIds: [farmId] });
  const add = async (given: object) => {
    const device = await testRunning(db, farmId, "1.0.0");
    await db.rolloutTarget.create({
      data: { rolloutId: id, position: 0, deviceKey: device.id, firmwareId, cohort: 1, stateAt: NOW, ...given },
    });
    return device.deviceId;
  };
  const held = await add({ state: "held", reason: "battery" });
  const failed = await add({ state: "failed", failureCode: "battery" });
  const silent = await add({ state: "timed_out", failureCode: "timeout" });
  const mute = await add({ state: "failed" });
  const skipped = await add({ state: "skipped", reason: "same_version" });
  const waiting = await add({ state: "pending" });
  const shown = async (input: object) => {
    const { targets } = await listTargets({ ctx: contextOf(db, admin, NOW), input: { id, ...input } });
    return targets.map(({ deviceId }) => deviceId);
  };
  expect(await shown({})).toEqual([held, failed, silent, mute, skipped, waiting].sort());
  expect(await shown({ why: "battery" })).toEqual([held, failed].sort());
  expect(await shown({ why: "battery", states: ["held"] })).toEqual([held]);
  expect(await shown({ why: "timeout" })).toEqual([silent]);
  expect(await shown({ why: "unknown" })).toEqual([mute]);
  expect(await shown({ why: "same_version" })).toEqual([skipped]);
});
