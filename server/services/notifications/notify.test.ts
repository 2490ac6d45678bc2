import { beforeEach, describe, expect, test } from "vitest";
import type { AlertUncheckedCreateInput } from "@/server/db/generated/models/Alert";
import { actorWith, contextOf, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { useMailServer } from "@/server/testing/mail-server";
import { listToldOfAlert } from "./list-told-of-alert";
import { saveNotificationRule } from "./save-rule";
import { takeBrowserNotifications } from "./take-browser-notifications";

const database = useTestDatabase();
const mail = useMailServer();
const NOW = new Date("2026-03-10T12:00:00Z");
const HOUR = 3_600_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);

let farmId: string;
let person: Awaited<ReturnType<typeof testPerson>>;

beforeEach(async () => {
  await database.db.notificationRule.deleteMany();
  await database.db.alert.deleteMany();
  farmId = (await testFarm(database.db)).id;
  person = await testPerson(database.db, { memberships: { create: { farmId, role: "farm_manager" } } });
});

async function wish(rule: Record<string, unknown> = {}, owner = person): Promise<string> {
  const actor = { ...actorWith("farm_manager", farmId), userId: owner.id };
  const { id } = await saveNotificationRule({
    ctx: contextOf(database.db, actor, NOW),
    input: { rule: { name: "Urgent", minSeverity: "warning", channels: ["email"], timeZone: "Europe/Berlin", ...rule } },
  });
  return id;
}

async function raise(alert: Partial<AlertUncheckedCreateInput> = {}): Promise<string> {
  const device = await testDevice(database.db, { farmId, lifecycle: "active" });
  const { id } = await database.db.alert.create({
    data: {
      deviceKey: device.id,
      farmId,
      condition: "offline",
      type: "offline",
      severity: "critical",
      firstOccurrence: NOW,
      lastOccurrence: NOW,
      ...alert,
    },
  });
  return id;
}

/** After the mail server's address has been set. */
async function notify(at = NOW) {
  const fresh = await import("./notify");
  return fresh.notify(database.db, at);
}

const states = async () =>
  (await database.db.notification.findMany({ orderBy: [{ plannedAt: "asc" }, { dueAt: "asc" }] })).map(
    ({ state, dropped }) => dropped ?? state,
  );

describe("by e-mail", () => {
  test("whoever asks for it is told once, with what to do and where to read on", async () => {
    await wish();
    const alertId = await raise();
    expect(await notify()).toEqual({ planned: 1, dropped: 0, sent: 1, failed: 0 });
    expect(await notify(later(60_000))).toEqual({ planned: 0, dropped: 0, sent: 0, failed: 0 });
    expect(mail.received).toHaveLength(1);
    const [{ to, subject, text }] = mail.received as [(typeof mail.received)[0]];
    expect(to).toEqual([person.email]);
    expect(subject).toMatch(/^Critical: Offline, ZZ\d+ Device/);
    expect(text).toContain("No message within its offline window");
    expect(text).toContain("Since: 10 Mar 2026, 13:00");
    expect(text).toContain(`/alerts/${alertId}`);
    expect(text).toContain("“Urgent”");
    expect(text).toContain("/notifications");
  });

  test("many alerts at once are one message, the gravest first", async () => {
    await wish();
    await raise({ severity: "warning", type: "poor_signal", condition: "signal", value: -95 });
    for (let count = 0; count < 60; count++) await raise();
    await notify();
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]?.subject).toBe("Smart Dairy: 61 alerts, 60 critical");
    expect(mail.received[0]?.text).toContain("And 11 more:");
    expect(mail.received[0]?.text).not.toContain("dBm");
    expect(new Set(await states())).toEqual(new Set(["sent"]));
  });

  test("a server that is away is tried again, later and later, and then given up with the reason", async () => {
    await wish();
    await raise();
    mail.refusal = "451 too busy";
    let at = NOW;
    for (const minutes of [1, 5, 15, 60, 240]) {
      expect(await notify(at)).toMatchObject({ failed: 1 });
      expect(await notify(new Date(at.getTime() + minutes * 60_000 - 1))).toMatchObject({ sent: 0, failed: 0 });
      at = new Date(at.getTime() + minutes * 60_000);
    }
    expect(await states()).toEqual(["waiting"]);
    expect(await notify(at)).toMatchObject({ failed: 1 });
    expect(await database.db.notification.findFirst()).toMatchObject({
      state: "failed",
      attempts: 6,
      error: expect.stringContaining("too busy") as string,
    });
    mail.refusal = undefined;
    expect(await notify(later(100 * HOUR))).toMatchObject({ sent: 0 });
  });

  test("what failed once is sent when the server is back", async () => {
    await wish();
    await raise();
    mail.refusal = "451 too busy";
    await notify();
    mail.refusal = undefined;
    expect(await notify(later(60_000))).toMatchObject({ sent: 1 });
    expect(mail.received).toHaveLength(1);
  });

  test("two senders at once send each message once", async () => {
    await wish();
    await raise();
    await Promise.all([notify(), notify()]);
    expect(mail.received).toHaveLength(1);
  });

  test("a sender that died on the way is relieved after five minutes", async () => {
    await wish();
    await raise();
    const { planAlertNotifications } = await import("./plan-alert-notifications");
    await planAlertNotifications(database.db, NOW);
    await database.db.notification.updateMany({ data: { state: "sending", claimedAt: NOW } });
    expect(await notify(later(4 * 60_000))).toMatchObject({ sent: 0 });
    expect(await notify(later(6 * 60_000))).toMatchObject({ sent: 1 });
  });

  test("one broken address does not keep the others from being told", async () => {
    const other = await testPerson(database.db, { email: "not an address", memberships: { create: { farmId, role: "viewer" } } });
    await wish({}, other);
    await wish();
    await raise();
    expect(await notify()).toMatchObject({ sent: 1, failed: 1 });
    expect(mail.received.map(({ to }) => to)).toEqual([[person.email]]);
  });
});

describe("which alerts", () => {
  test.each<[string, Record<string, unknown>, Partial<AlertUncheckedCreateInput>, number]>([
    ["grave enough", { minSeverity: "critical" }, { severity: "critical" }, 1],
    ["not grave enough", { minSeverity: "critical" }, { severity: "warning" }, 0],
    ["of a chosen type", { types: ["offline"] }, {}, 1],
    ["of another type", { types: ["low_battery"] }, {}, 0],
    ["from before the rule", {}, { firstOccurrence: later(-1) }, 0],
    ["acknowledged already", {}, { state: "acknowledged" }, 0],
    ["over already", {}, { state: "resolved", resolvedAt: NOW }, 0],
    ["while the rule is off", { enabled: false }, {}, 0],
    ["the system's own", {}, { deviceKey: null, farmId: null, condition: "reception", type: "reception_lost" }, 0],
  ])("%s", async (_, rule, alert, planned) => {
    await wish(rule);
    await raise(alert);
    expect(await notify()).toMatchObject({ planned, sent: planned });
  });

  test("on chosen farms, of those a person belongs to", async () => {
    const foreign = await testFarm(database.db);
    await wish({ farmIds: [farmId] });
    await raise({ farmId: foreign.id });
    expect(await notify()).toMatchObject({ planned: 0 });
    await raise();
    expect(await notify()).toMatchObject({ planned: 1 });
  });

  test("admins are told of every farm and of the system", async () => {
    const admin = await testPerson(database.db, { isAdmin: true });
    await wish({}, admin);
    await raise();
    await raise({ deviceKey: null, farmId: null, condition: "reception", type: "reception_lost" });
    expect(await notify()).toMatchObject({ planned: 2, sent: 2 });
    expect(mail.received).toHaveLength(1);
  });

  test("members of a group alert are spoken for by it", async () => {
    await wish();
    const group = await database.db.deviceGroup.create({ data: { farmId, name: "Barn", code: "BARN" } });
    const parentId = await raise({ deviceKey: null, groupId: group.id, condition: "group_offline", type: "group_offline", value: 2 });
    await raise({ parentId });
    expect(await notify()).toMatchObject({ planned: 1 });
    expect(mail.received[0]?.subject).toContain("Group offline, Barn");
  });

  test("who has left the farm, or may not sign in, is told nothing more", async () => {
    await wish({ delayMinutes: 10 });
    const other = await testPerson(database.db, { memberships: { create: { farmId, role: "viewer" } } });
    await wish({ delayMinutes: 10 }, other);
    await raise();
    await notify();
    await database.db.membership.deleteMany({ where: { userId: person.id } });
    await database.db.user.update({ where: { id: other.id }, data: { disabledAt: NOW } });
    expect(await notify(later(HOUR))).toMatchObject({ dropped: 2, sent: 0 });
    expect(await states()).toEqual(["not_allowed", "not_allowed"]);
  });
});

describe("when", () => {
  test("an escalation speaks when nobody has acknowledged by then", async () => {
    await wish({ name: "Escalation", delayMinutes: 30 });
    await raise();
    expect(await notify()).toMatchObject({ planned: 1, sent: 0 });
    expect(await notify(later(29 * 60_000))).toMatchObject({ sent: 0 });
    expect(await notify(later(30 * 60_000))).toMatchObject({ sent: 1 });
  });

  test.each<[string, Partial<AlertUncheckedCreateInput>, string]>([
    ["somebody has acknowledged", { state: "acknowledged" }, "acknowledged"],
    ["it is over", { state: "resolved", resolvedAt: NOW }, "over"],
    ["it is snoozed", { snoozedUntil: later(2 * HOUR) }, "snoozed"],
  ])("an escalation is silent when %s", async (_, change, reason) => {
    await wish({ delayMinutes: 30 });
    const id = await raise();
    await notify();
    await database.db.alert.update({ where: { id }, data: change });
    expect(await notify(later(HOUR))).toMatchObject({ dropped: 1, sent: 0 });
    expect(await states()).toEqual([reason]);
  });

  test("quiet hours hold back what is not critical until they end", async () => {
    await wish({ quietFromMinute: 12 * 60, quietUntilMinute: 14 * 60 });
    await raise({ severity: "warning" });
    await raise();
    await notify();
    expect(mail.received.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Critical: Offline/)]);
    await notify(later(59 * 60_000));
    expect(mail.received).toHaveLength(1);
    await notify(later(HOUR));
    expect(mail.received).toHaveLength(2);
  });

  test("the digest tells all of it once, also what is over by then", async () => {
    await wish({ digestMinute: 18 * 60, minSeverity: "low" });
    const id = await raise({ severity: "warning" });
    await raise({ severity: "low", firstOccurrence: later(HOUR) });
    await notify(later(HOUR));
    await database.db.alert.update({ where: { id }, data: { state: "resolved", resolvedAt: later(2 * HOUR) } });
    expect(mail.received).toHaveLength(0);
    await notify(later(5 * HOUR));
    expect(mail.received.map(({ subject }) => subject)).toEqual(["Smart Dairy: 2 alerts since the last digest"]);
    expect(mail.received[0]?.text).toContain("Over: ");
  });

  test("what comes and goes is told once", async () => {
    await wish();
    const formerId = await raise();
    await notify();
    const device = await database.db.alert.update({ where: { id: formerId }, data: { state: "resolved", resolvedAt: later(60_000) } });
    const secondId = await raise({ deviceKey: device.deviceKey, formerId, flaps: 1, firstOccurrence: later(120_000) });
    expect(await notify(later(120_000))).toMatchObject({ planned: 1, sent: 0 });
    await database.db.alert.update({ where: { id: secondId }, data: { state: "resolved", resolvedAt: later(180_000) } });
    await raise({ deviceKey: device.deviceKey, formerId: secondId, flaps: 2, firstOccurrence: later(240_000) });
    expect(await notify(later(240_000))).toMatchObject({ planned: 1, sent: 0 });
    expect(await states()).toEqual(["sent", "flapping", "flapping"]);
  });

  test("that it got worse, and that it is over, for those who were told of it", async () => {
    await wish({ tellWhenOver: true });
    const id = await raise({ severity: "warning", type: "low_battery", condition: "battery", value: 15 });
    await notify();
    await database.db.alert.update({ where: { id }, data: { severity: "critical", value: 8, lastOccurrence: later(60_000) } });
    await notify(later(60_000));
    await database.db.alert.update({ where: { id }, data: { state: "resolved", resolvedAt: later(HOUR) } });
    await notify(later(HOUR));
    await notify(later(HOUR + 60_000));
    expect(mail.received.map(({ subject }) => subject.split(",")[0])).toEqual([
      "Low battery",
      "Critical: Low battery",
      "Over: Low battery",
    ]);
  });

  test("nobody is told of an end that they made themselves", async () => {
    await wish({ tellWhenOver: true });
    const id = await raise();
    await notify();
    await database.db.alert.update({ where: { id }, data: { state: "resolved", resolvedAt: later(HOUR), resolvedById: person.id } });
    expect(await notify(later(HOUR))).toMatchObject({ planned: 0 });
  });
});

describe("in the console and by the browser", () => {
  const takenBy = (userId: string, at = NOW) =>
    takeBrowserNotifications({ ctx: contextOf(database.db, { ...actorWith("farm_manager", farmId), userId }, at) });

  test("a browser gets each once, of several tabs one; the record says so", async () => {
    await wish({ channels: ["browser", "in_app"] });
    const alertId = await raise();
    expect(await notify()).toMatchObject({ planned: 2, sent: 1 });
    const tabs = await Promise.all([takenBy(person.id), takenBy(person.id), takenBy(person.id)]);
    expect(tabs.flat()).toEqual([
      expect.objectContaining({ path: `/alerts/${alertId}`, isUrgent: true, text: "No message within its offline window" }),
    ]);
    const record = await listToldOfAlert({ ctx: contextOf(database.db, actorWith("viewer", farmId)), input: { alertId } });
    expect(record.map(({ person: name, channel, state }) => ({ name, channel, state }))).toEqual(
      expect.arrayContaining([
        { name: person.name, channel: "browser", state: "sent" },
        { name: person.name, channel: "in_app", state: "sent" },
      ]),
    );
  });

  test("what no browser showed within a quarter of an hour is no news any more", async () => {
    await wish({ channels: ["browser"] });
    await raise();
    await notify();
    expect(await notify(later(16 * 60_000))).toMatchObject({ dropped: 1 });
    expect(await takenBy(person.id, later(16 * 60_000))).toEqual([]);
    expect(await states()).toEqual(["not_shown"]);
  });
});

test("the number of statements does not depend on how much there is to tell", async () => {
  await wish({ channels: ["in_app", "email"] });
  await raise();
  const { notify: run } = await import("./notify");
  const few = await countStatements(() => run(database.db, NOW));
  for (let count = 0; count < 30; count++) await raise();
  const many = await countStatements(() => run(database.db, later(1_000)));
  expect(many).toBe(few);
});
