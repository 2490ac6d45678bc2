import { describe, expect, test } from "vitest";
import type { RolloutUncheckedUpdateInput } from "@/server/db/generated/models/Rollout";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import { testFarm, testPerson } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { useMailServer } from "@/server/testing/mail-server";
import { later, NOW, useToldScene } from "@/server/testing/told-scene";
import { listNotifications, type NotificationView } from "./list-notifications";
import { countUnread, markRead } from "./read-notifications";
import { takeBrowserNotifications } from "./take-browser-notifications";

const database = useTestDatabase();
const mail = useMailServer();
const { scene, member, wish, happen, told, contextFor } = useToldScene(database);
const QUIET_NOON = { quietFromMinute: 12 * 60, quietUntilMinute: 14 * 60, timeZone: "Europe/Berlin" };

/** After the mail server's address has been set. */
async function notify(at = NOW) {
  const fresh = await import("./notify");
  return fresh.notify(database.db, at);
}

const listOf = async (person: { id: string }, ...farms: string[]): Promise<NotificationView[]> =>
  (await listNotifications({ ctx: contextFor(person, ...farms), input: {} })).notifications;

describe("whoever made it is told without a rule", () => {
  test.each<RolloutEventKind>(["paused", "failed", "awaiting_approval", "completed"])("that it is %s", async (kind) => {
    await happen(kind);
    expect(await notify()).toEqual({ planned: 2, dropped: 0, sent: 2, failed: 0 });
    expect(await told()).toEqual(["maker email sent", "maker in_app sent"]);
    expect(await notify(later(1))).toEqual({ planned: 0, dropped: 0, sent: 0, failed: 0 });
    expect(mail.received).toHaveLength(1);
  });

  test("in words: why it stopped, how its devices stand, what to do, and where to look", async () => {
    const { rolloutId } = await happen("paused");
    await notify();
    const [{ to, subject, text }] = mail.received as [(typeof mail.received)[0]];
    expect(to).toEqual([scene.maker.email]);
    expect(subject).toBe("Rollout paused: Meters");
    expect(text).toContain("1 of 5 finished devices failed: 20 %, more than the 10 % allowed. 4 updated, 1 failed.");
    expect(text).toContain("At: 10 Mar 2026, 13:00");
    expect(text).toContain(`http://localhost:3000/rollouts/${rolloutId}`);
    expect(text).toContain("because you made the rollout");
    expect(await listOf(scene.maker)).toMatchObject([
      { about: "rollout", rolloutId, event: "paused", title: "Rollout paused", name: "Meters", stands: true, isOwn: true },
      { about: "rollout" },
    ]);
    expect(await countUnread({ ctx: contextFor(scene.maker) })).toEqual({ unread: 1 });
    expect(await markRead({ ctx: contextFor(scene.maker) })).toEqual({ read: 1 });
    expect(await countUnread({ ctx: contextFor(scene.maker) })).toEqual({ unread: 0 });
  });

  test("also of a way back that its rules have made", async () => {
    const { rolloutId } = await happen("failed");
    await happen("completed", { rollout: { createdById: null, undoesId: rolloutId } });
    await notify();
    expect(mail.received.map(({ subject }) => subject)).toEqual(["Smart Dairy: 2 rollouts, 1 critical"]);
  });

  test("of a completion only if the rollout says so; a pause and a failure in any case", async () => {
    await wish(scene.maker, { rolloutEvents: ["completed"] });
    const other = await member(scene.farmId);
    await wish(other, { rolloutEvents: ["completed"] });
    await happen("completed", { rollout: { notifyOnComplete: false } });
    expect(await notify()).toMatchObject({ planned: 0 });
    await happen("paused", { rollout: { notifyOnComplete: false } });
    await happen("failed", { rollout: { notifyOnComplete: false } });
    await notify();
    expect(await told()).toEqual(["maker email sent", "maker email sent", "maker in_app sent", "maker in_app sent"]);
  });

  test("not by e-mail when a rule of theirs tells them, and never twice the same way", async () => {
    await wish(scene.maker, { channels: ["in_app", "browser"] });
    await wish(scene.maker, { name: "Too", channels: ["in_app"] });
    await happen("paused");
    await notify();
    expect(await told()).toEqual(["maker browser waiting by rule", "maker in_app sent by rule"]);
    expect(mail.received).toHaveLength(0);
  });

  test("by e-mail all the same when their rule only escalates", async () => {
    await wish(scene.maker, { channels: ["email"], delayMinutes: 30 });
    await happen("paused");
    await notify();
    expect(await told()).toEqual(["maker email sent", "maker in_app sent"]);
  });

  test("in their quiet hours when these end, but for a failure", async () => {
    await wish(scene.maker, { rolloutEvents: [], aboutAlerts: true, ...QUIET_NOON });
    await happen("paused");
    await happen("failed");
    await notify();
    expect(mail.received.map(({ subject }) => subject)).toEqual(["Rollout failed: Meters"]);
    expect(await notify(later(59))).toMatchObject({ sent: 0 });
    await notify(later(60));
    expect(mail.received.map(({ subject }) => subject)).toEqual(["Rollout failed: Meters", "Rollout paused: Meters"]);
  });

  test("not when they have left its farms, or may not sign in", async () => {
    await database.db.membership.deleteMany({ where: { userId: scene.maker.id } });
    await happen("paused");
    expect(await notify()).toMatchObject({ planned: 0 });
    scene.maker = await testPerson(database.db, { isAdmin: true, disabledAt: NOW });
    await happen("paused");
    expect(await notify()).toMatchObject({ planned: 0 });
  });
});

describe("others are told whose rules ask for it", () => {
  const others = { rollout: { createdById: null } };

  test.each<[string, Record<string, unknown>, RolloutEventKind, number]>([
    ["what they chose", { rolloutEvents: ["paused"] }, "paused", 1],
    ["nothing else", { rolloutEvents: ["paused"] }, "failed", 0],
    ["what most want, unless they chose", {}, "awaiting_approval", 1],
    ["a completion if they chose it", { rolloutEvents: ["completed"] }, "completed", 1],
    ["nothing by a rule about alerts alone", { aboutAlerts: true, rolloutEvents: [] }, "failed", 0],
    ["nothing by a rule that is off", { enabled: false }, "failed", 0],
  ])("%s", async (_, rule, kind, planned) => {
    await wish(await member(scene.farmId), rule);
    await happen(kind, others);
    expect(await notify()).toMatchObject({ planned, sent: planned });
  });

  test("on farms of theirs, and of these on the chosen ones", async () => {
    const [second, third] = [(await testFarm(database.db)).id, (await testFarm(database.db)).id];
    const both = await member(scene.farmId, second);
    await wish(both, { farmIds: [second] }, second);
    await wish(await member(third));
    const admin = await testPerson(database.db, { isAdmin: true });
    await wish(admin, { farmIds: [scene.farmId] });
    await happen("paused", others);
    await notify();
    expect(await told()).toEqual([`${admin.name} in_app sent by rule`]);
    await happen("paused", { ...others, farmIds: [scene.farmId, second] });
    await notify();
    expect(await told()).toEqual(
      [...Array<string>(2).fill(`${admin.name} in_app sent by rule`), `${both.name} in_app sent by rule`].sort(),
    );
  });

  test("how the devices of their own farms stand, not those of others", async () => {
    const second = (await testFarm(database.db)).id;
    const [here, everywhere] = [await member(scene.farmId), await member(scene.farmId, second)];
    for (const person of [here, everywhere]) await wish(person, { channels: ["in_app", "browser", "email"] });
    const counts = { [scene.farmId]: { completed: 4, failed: 1 }, [second]: { completed: 30, skipped: 2 } };
    await happen("paused", { ...others, farmIds: [scene.farmId, second], event: { counts } });
    await notify();
    const [own, all] = ["4 updated, 1 failed.", "34 updated, 1 failed, 2 left out."];
    const says = (words: string) => expect.objectContaining({ text: expect.stringContaining(words) as string }) as unknown;
    expect(await listOf(here)).toEqual([says(own), says(own), says(own)]);
    expect(await listOf(everywhere, scene.farmId, second)).toEqual([says(all), says(all), says(all)]);
    expect(await takeBrowserNotifications({ ctx: contextFor(here) })).toEqual([says(own)]);
    expect(mail.received.find(({ to }) => to[0] === here.email)).toEqual(says(own));
    expect(mail.received.find(({ to }) => to[0] === everywhere.email)).toEqual(says(all));
  });

  test("who has left its farms by then is told nothing, and sees nothing of it any more", async () => {
    const person = await member(scene.farmId);
    await wish(person, { channels: ["in_app", "email"], ...QUIET_NOON });
    await happen("paused", others);
    await notify();
    await database.db.membership.deleteMany({ where: { userId: person.id } });
    expect(await notify(later(60))).toMatchObject({ dropped: 2, sent: 0 });
    const elsewhere = (await testFarm(database.db)).id;
    expect(await listOf(person, elsewhere)).toEqual([]);
    expect(await countUnread({ ctx: contextFor(person, elsewhere) })).toEqual({ unread: 0 });
  });

  test("what happened before the rule was made, or turned on, is not told", async () => {
    await happen("paused", { ...others, event: { at: later(-1) } });
    await wish(await member(scene.farmId));
    expect(await notify()).toMatchObject({ planned: 0 });
  });
});

describe("when", () => {
  const others = { rollout: { createdById: null } };

  test("a failure at once, also in quiet hours; the others when these end", async () => {
    const person = await member(scene.farmId);
    const all = ["paused", "failed", "awaiting_approval", "completed"] as const;
    await wish(person, { rolloutEvents: all, ...QUIET_NOON });
    for (const kind of all) await happen(kind, others);
    await notify();
    expect((await listOf(person)).map((one) => [one.about === "rollout" && one.event, one.state]).sort()).toEqual([
      ["awaiting_approval", "waiting"],
      ["completed", "waiting"],
      ["failed", "sent"],
      ["paused", "waiting"],
    ]);
    expect(await notify(later(60))).toMatchObject({ sent: 3 });
  });

  test.each<[string, RolloutEventKind, RolloutUncheckedUpdateInput | "approved", string]>([
    ["still paused", "paused", {}, "sent"],
    ["resumed", "paused", { state: "in_progress", pausedAt: null }, "over"],
    ["cancelled", "paused", { state: "cancelled" }, "over"],
    ["resumed and paused by a person", "paused", { pausedAt: later(5) }, "over"],
    ["still waiting", "awaiting_approval", {}, "sent"],
    ["approved", "awaiting_approval", "approved", "over"],
  ])("an escalation speaks if nobody has reacted: %s", async (_, kind, change, state) => {
    const person = await member(scene.farmId);
    await wish(person, { delayMinutes: 30 });
    const { rolloutId } = await happen(kind, others);
    expect(await notify()).toMatchObject({ planned: 1, sent: 0 });
    if (change === "approved") await database.db.rolloutStage.updateMany({ where: { rolloutId }, data: { approvedAt: later(5) } });
    else await database.db.rollout.update({ where: { id: rolloutId }, data: change });
    await notify(later(29));
    expect(await told()).toEqual([`${person.name} in_app waiting by rule`]);
    await notify(later(30));
    expect(await told()).toEqual([`${person.name} in_app ${state} by rule`]);
  });

  test("that it stopped is told also when it has gone on by then, and says so", async () => {
    const person = await member(scene.farmId);
    await wish(person, { channels: ["email"], ...QUIET_NOON });
    const { rolloutId } = await happen("paused", others);
    await notify();
    await database.db.rollout.update({ where: { id: rolloutId }, data: { state: "in_progress", pausedAt: null } });
    await notify(later(60));
    expect(mail.received[0]?.text).toContain("It has gone on since.");
    expect(mail.received[0]?.text).not.toContain("Likely next step");
  });

  test("the digest tells alerts and rollouts together", async () => {
    const person = await member(scene.farmId);
    await wish(person, { channels: ["email"], digestMinute: 18 * 60, aboutAlerts: true, rolloutEvents: ["completed", "paused"] });
    await happen("completed", others);
    await happen("paused", others);
    const alert = { condition: "offline", type: "offline", severity: "warning", firstOccurrence: NOW, lastOccurrence: NOW } as const;
    await database.db.alert.create({ data: { farmId: scene.farmId, ...alert } });
    await notify();
    expect(mail.received).toHaveLength(0);
    await notify(later(5 * 60));
    expect(mail.received.map(({ subject }) => subject)).toEqual(["Smart Dairy: one alert and 2 rollouts since the last digest"]);
    await database.db.alert.deleteMany();
  });
});

describe("once", () => {
  test("whoever plans and sends at the same time", async () => {
    await wish(await member(scene.farmId), { channels: ["in_app", "email"] });
    await happen("failed");
    await Promise.all([notify(), notify(), notify()]);
    await notify(later(1));
    expect(await database.db.notification.count()).toBe(4);
    expect(mail.received).toHaveLength(2);
  });

  test("a planner that dies leaves the event to the next", async () => {
    await happen("failed");
    await database.db.$executeRaw`ALTER TABLE notification ADD CONSTRAINT nobody_is_told CHECK (rollout_event_id IS NULL) NOT VALID`;
    try {
      await expect(notify()).rejects.toThrow("nobody_is_told");
    } finally {
      await database.db.$executeRaw`ALTER TABLE notification DROP CONSTRAINT nobody_is_told`;
    }
    await notify(later(1));
    expect(await told()).toEqual(["maker email sent", "maker in_app sent"]);
  });

  test("of several tabs one shows it, with the way to the rollout", async () => {
    await wish(scene.maker, { channels: ["browser"] });
    const { rolloutId } = await happen("failed");
    await notify();
    const tabs = await Promise.all([1, 2, 3].map(() => takeBrowserNotifications({ ctx: contextFor(scene.maker) })));
    expect(tabs.flat()).toMatchObject([{ path: `/rollouts/${rolloutId}`, isUrgent: true, title: "Rollout failed: Meters" }]);
  });

  test("in the same number of statements for one event and one person as for many", async () => {
    const { notify: run } = await import("./notify");
    await wish(scene.maker, { channels: ["in_app", "email"] });
    await happen("paused");
    const few = await countStatements(() => run(database.db, NOW));
    for (let count = 0; count < 10; count++) await wish(await member(scene.farmId), { channels: ["in_app", "email"] });
    for (let count = 0; count < 5; count++) await happen("paused");
    expect(await countStatements(() => run(database.db, later(1)))).toBe(few);
    expect(await database.db.notification.count()).toBe(2 + 5 * 11 * 2);
  });
});
