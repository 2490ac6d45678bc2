import { beforeEach, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { deleteNotificationRule } from "./delete-rule";
import { listNotificationRules } from "./list-rules";
import { saveNotificationRule } from "./save-rule";

const database = useTestDatabase();
const RULE = { name: "Urgent", minSeverity: "critical", channels: ["in_app"], timeZone: "Europe/Berlin" };
let farmId: string;
let manager: UserActor;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
  manager = await person();
});

async function person(): Promise<UserActor> {
  const { id } = await testPerson(database.db, { memberships: { create: { farmId, role: "farm_manager" } } });
  return { ...actorWith("farm_manager", farmId), userId: id };
}

const save = (input: object, actor = manager, now?: Date) => saveNotificationRule({ ctx: contextOf(database.db, actor, now), input });
const rules = async (actor = manager) => (await listNotificationRules({ ctx: contextOf(database.db, actor) })).rules;

test("a rule is kept as it was given, and is its owner's alone", async () => {
  const quiet = {
    rolloutEvents: ["failed"],
    quietFromMinute: 1_260,
    quietUntilMinute: 330,
    types: ["offline"],
    farmIds: [farmId],
    tellWhenOver: true,
  };
  const { id } = await save({ rule: { ...RULE, ...quiet } });
  expect(await rules()).toEqual([
    { ...RULE, ...quiet, id, version: 1, enabled: true, aboutAlerts: true, delayMinutes: 0, digestMinute: null, criticalAtOnce: true },
  ]);
  const other = await person();
  expect(await rules(other)).toEqual([]);
  await expect(save({ id, version: 1, rule: RULE }, other)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteNotificationRule({ ctx: contextOf(database.db, other), input: { id } })).rejects.toMatchObject({ code: "not_found" });
  await deleteNotificationRule({ ctx: contextOf(database.db, manager), input: { id } });
  expect(await rules()).toEqual([]);
  expect(await database.db.auditEvent.count({ where: { subjectId: id } })).toBe(2);
});

test("unless it says otherwise, a new rule speaks of alerts and of rollouts that need somebody", async () => {
  await save({ rule: RULE });
  expect(await rules()).toMatchObject([{ aboutAlerts: true, rolloutEvents: ["paused", "failed", "awaiting_approval"] }]);
});

test("a rule changed meanwhile is not overwritten", async () => {
  const { id } = await save({ rule: RULE });
  await save({ id, version: 1, rule: { ...RULE, delayMinutes: 5 } });
  await expect(save({ id, version: 1, rule: RULE })).rejects.toMatchObject({ code: "conflict" });
  expect(await rules()).toMatchObject([{ delayMinutes: 5, version: 2 }]);
});

test("a name is taken once a person", async () => {
  await save({ rule: RULE });
  await expect(save({ rule: RULE })).rejects.toMatchObject({ code: "conflict", fields: { "rule.name": expect.any(String) as string } });
  await save({ rule: RULE }, await person());
});

test("of ten saved at once under one name one is kept", async () => {
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => save({ rule: RULE })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a farm of others is none", async () => {
  const { id } = await testFarm(database.db);
  await expect(save({ rule: { ...RULE, farmIds: [farmId, id] } })).rejects.toMatchObject({ code: "not_found" });
});

test("turned on again, it speaks of alerts from then on", async () => {
  const [first, second] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-01-02T00:00:00Z")];
  const { id } = await save({ rule: { ...RULE, enabled: false } }, manager, first);
  await save({ id, version: 1, rule: RULE }, manager, second);
  await save({ id, version: 2, rule: { ...RULE, name: "Still on" } }, manager, new Date("2026-01-03T00:00:00Z"));
  expect(await database.db.notificationRule.findUnique({ where: { id } })).toMatchObject({ activeSince: second });
});

test.each<[string, Record<string, unknown>, string]>([
  ["no name", { name: " " }, "rule.name"],
  ["no way to be told", { channels: [] }, "rule.channels"],
  ["nothing to be told of", { aboutAlerts: false, rolloutEvents: [] }, "rule.rolloutEvents"],
  ["an unknown event", { rolloutEvents: ["exploded"] }, "rule.rolloutEvents.0"],
  ["an unknown way", { channels: ["pigeon"] }, "rule.channels.0"],
  ["an unknown zone", { timeZone: "Mars/Base" }, "rule.timeZone"],
  ["a delay of more than a day", { delayMinutes: 1_441 }, "rule.delayMinutes"],
  ["a negative delay", { delayMinutes: -1 }, "rule.delayMinutes"],
  ["quiet hours without an end", { quietFromMinute: 60 }, "rule.quietUntilMinute"],
  ["quiet hours without a start", { quietUntilMinute: 60 }, "rule.quietFromMinute"],
  ["quiet hours of no length", { quietFromMinute: 60, quietUntilMinute: 60 }, "rule.quietUntilMinute"],
  ["a digest at 24:00", { digestMinute: 1_440 }, "rule.digestMinute"],
])("%s is refused, and nothing is written", async (_, change, field) => {
  await expect(save({ rule: { ...RULE, ...change } })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { [field]: expect.any(String) as string },
  });
  expect(await rules()).toEqual([]);
});
