import { beforeEach, expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { countStates, testFirmware, testRunning } from "@/server/testing/rollouts";
import { scheduleUpdate } from "./schedule-update";

const database = useTestDatabase();
const manager = () => actorWith("farm_manager", farmId);
let farmId: string;
let firmwareId: string;
let deviceIds: string[];

beforeEach(async () => {
  const { db } = database;
  await db.rollout.deleteMany();
  await db.firmwareVersion.deleteMany();
  farmId = (await testFarm(db)).id;
  firmwareId = (await testFirmware(db, "2.0.0")).id;
  deviceIds = [(await testRunning(db, farmId, "1.0.0")).deviceId, (await testRunning(db, farmId, "1.0.0")).deviceId];
});

async function schedule(input: object, requestKey = "first", actor = manager()) {
  await database.db.user.upsert({
    where: { id: actor.userId },
    create: { id: actor.userId, name: actor.name, email: actor.email },
    update: {},
  });
  return scheduleUpdate({ ctx: contextOf(database.db, actor), input: { firmwareId, deviceIds, ...input }, requestKey });
}

test("named devices are scheduled at once, or at a time; a repeat schedules nothing more", async () => {
  const scheduledAt = "2030-01-01T22:00:00Z";
  const actor = manager();
  const { id, devices } = await schedule({ scheduledAt }, "first", actor);
  expect(devices).toBe(2);
  expect(await countStates(database.db, id)).toEqual({ pending: 2 });
  expect(await database.db.rollout.findUnique({ where: { id } })).toMatchObject({
    state: "scheduled",
    scheduledAt: new Date(scheduledAt),
    failurePolicy: "rollback_all",
    forceUpdate: false,
  });
  expect(await schedule({ scheduledAt }, "first", actor)).toEqual({ id, devices: 2 });
  // The devices wait in it now: a second request of another name is refused.
  await expect(schedule({}, "second", actor)).rejects.toMatchObject({ code: "invalid_input" });
  expect(await database.db.rollout.count()).toBe(1);
});

test.each<[string, () => Promise<object>, string, string]>([
  [
    "a device of another type",
    async () => ({ deviceIds: [...deviceIds, (await testRunning(database.db, farmId, "1.0.0", { type: "gate" })).deviceId] }),
    "invalid_input",
    "deviceIds",
  ],
  [
    "a device that runs it already",
    async () => ({ deviceIds: [...deviceIds, (await testRunning(database.db, farmId, "2.0.0")).deviceId] }),
    "invalid_input",
    "deviceIds",
  ],
  [
    "a device of another farm",
    async () => ({ deviceIds: [...deviceIds, (await testRunning(database.db, (await testFarm(database.db)).id, "1.0.0")).deviceId] }),
    "not_found",
    "deviceIds",
  ],
  ["no device", () => Promise.resolve({ deviceIds: [] }), "invalid_input", "deviceIds"],
  ["an unknown firmware", () => Promise.resolve({ firmwareId: "01890000-0000-7000-8000-000000000000" }), "not_found", "firmwareId"],
  ["no time", () => Promise.resolve({ scheduledAt: "soon" }), "invalid_input", "scheduledAt"],
])("%s is refused, and nothing is scheduled", async (_, change, code, field) => {
  await expect(schedule(await change())).rejects.toMatchObject({ code, fields: { [field]: expect.any(String) as string } });
  expect(await database.db.rollout.count()).toBe(0);
});
