import { beforeEach, expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testFirmware, testRolloutRow } from "@/server/testing/rollouts";
import { listRollouts } from "./list-rollouts";

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
