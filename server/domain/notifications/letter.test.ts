import { expect, test } from "vitest";
import { alertItem, type MailedAlert } from "./alert-paragraph";
import { type Told, writeLetter } from "./letter";
import { type MailedRolloutEvent, rolloutItem } from "./rollout-paragraph";

const ALERT: MailedAlert = {
  alertId: "a1",
  kind: "raised",
  type: "offline",
  severity: "critical",
  state: "active",
  value: null,
  message: null,
  firstOccurrence: new Date("2026-03-10T12:00:00Z"),
  resolvedAt: null,
  deviceId: "MM001",
  deviceName: "Stall 1",
  deviceType: "milk_meter",
  location: null,
  group: null,
  farm: "North",
};
const EVENT: MailedRolloutEvent = {
  eventId: "e1",
  rolloutId: "r1",
  name: "Meters to 2.0",
  at: new Date("2026-03-10T12:00:00Z"),
  kind: "paused",
  cause: { kind: "failures", failed: 1, resolved: 5, thresholdPercent: 10 },
  sentBack: null,
  stage: "Canary",
  counts: { completed: 4, failed: 1 },
  state: "paused",
  stands: true,
};
const zone = { timeZone: "Europe/Berlin" };
const alert = (given: Partial<MailedAlert> = {}, rule: string | null = "Urgent"): Told => ({
  item: alertItem({ ...ALERT, ...given }),
  rule,
  ...zone,
});
const event = (given: Partial<MailedRolloutEvent> = {}, rule: string | null = null): Told => ({
  item: rolloutItem({ ...EVENT, ...given }),
  rule,
  ...zone,
});
const write = (told: Told[], isDigest = false) => writeLetter({ person: "Ann", isDigest, told, publicUrl: "https://dairy.example" });

test("a rollout: what happened, when on the person's clock, what to do, where to read on, and why they are told", () => {
  expect(write([event()])).toEqual({
    subject: "Rollout paused: Meters to 2.0",
    text: `Hello Ann,

Rollout paused: Meters to 2.0: 1 of 5 finished devices failed: 20 %, more than the 10 % allowed. 4 updated, 1 failed.
At: 10 Mar 2026, 13:00
Likely next step: Look at what failed; then resume, send back or cancel.
https://dairy.example/rollouts/r1

You are told this because you made the rollout. Change what you are told: https://dairy.example/notifications
`,
  });
});

test.each<[string, Told[], boolean, string]>([
  ["one alert", [alert()], false, "Critical: Offline, MM001 Stall 1"],
  ["its end", [alert({ kind: "over", state: "resolved" })], false, "Over: Offline, MM001 Stall 1"],
  ["one, by two rules", [alert(), alert({}, "Night")], false, "Critical: Offline, MM001 Stall 1"],
  ["alerts", [alert(), alert({ alertId: "a2", severity: "warning" })], false, "Smart Dairy: 2 alerts, 1 critical"],
  ["both", [alert({ severity: "warning" }), event()], false, "Smart Dairy: one alert and one rollout"],
  [
    "both, one grave",
    [alert(), event(), event({ eventId: "e2", kind: "failed" })],
    false,
    "Smart Dairy: one alert and 2 rollouts, 2 critical",
  ],
  ["a digest", [event({ kind: "completed", state: "completed" })], true, "Smart Dairy: one rollout since the last digest"],
])("the subject says what is in it: %s", (_, told, isDigest, subject) => {
  expect(write(told, isDigest).subject).toBe(subject);
});

test("the gravest comes first, whatever it is about", () => {
  const { text } = write([event(), alert({ severity: "low" }), event({ eventId: "e2", kind: "failed", name: "Gates to 3.1" })]);
  expect(text.match(/Rollout failed|Rollout paused|Low: /g)).toEqual(["Rollout failed", "Rollout paused", "Low: "]);
});

test.each<[string, Told[], string]>([
  ["a rule", [alert()], "told this by your rule “Urgent”."],
  ["two rules", [alert(), event({}, "Rollouts")], "told this by your rules “Urgent”, “Rollouts”."],
  ["a rule, and having made it", [alert(), event()], "told this by your rule “Urgent” and because you made the rollout."],
  ["two made", [event(), event({ eventId: "e2" })], "told this because you made the rollouts."],
  ["a rule that is gone", [alert({}, null)], "told this by a rule that is gone."],
])("why: %s", (_, told, reason) => {
  expect(write(told).text).toContain(reason);
});

test("of more than fifty, the rest is where they are listed", () => {
  const many = Array.from({ length: 52 }, (_, index) => event({ eventId: `e${index}` }));
  expect(write(many).text).toContain("And 2 more: https://dairy.example/rollouts\n");
});
