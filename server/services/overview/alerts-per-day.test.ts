import { beforeEach, expect, test } from "vitest";
import type { AlertSeverity } from "@/server/domain/alerts/vocabulary";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { countAlertsPerDay } from "./count-alerts-per-day";

const database = useTestDatabase();
let farmId: string;
let deviceKey: string;

beforeEach(async () => {
  await database.db.alert.deleteMany();
  farmId = (await testFarm(database.db, { timeZone: "Europe/Berlin" })).id;
  deviceKey = (await testDevice(database.db, { farmId })).id;
});

async function alert(
  raised: string,
  resolved: string | null,
  severity: AlertSeverity = "critical",
  of: Partial<{ farmId: string | null }> = {},
) {
  const firstOccurrence = new Date(raised);
  const end = resolved === null ? {} : { state: "resolved" as const, resolvedAt: new Date(resolved) };
  const isSystem = of.farmId === null;
  await database.db.alert.create({
    data: {
      deviceKey: isSystem ? null : deviceKey,
      farmId,
      ...of,
      condition: isSystem ? "reception" : "offline",
      type: isSystem ? "reception_lost" : "offline",
      severity,
      firstOccurrence,
      lastOccurrence: firstOccurrence,
      ...end,
    },
  });
}

const NOW = new Date("2026-03-30T10:00:00Z");
const days = async (span = "7d", actor = actorWith("viewer", farmId), farm: string | undefined = undefined) =>
  (await countAlertsPerDay({ ctx: contextOf(database.db, actor, NOW), input: { span, farmId: farm } })).days;
const none = { low: 0, warning: 0, critical: 0 };

test("days are the farm's own when the clocks go forward: one of 23 hours is one day", async () => {
  // In Berlin 29 March 2026 lasts from 28 March 23:00 to 29 March 22:00 UTC.
  await alert("2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z");
  await alert("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z");
  await alert("2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z", "warning");
  await alert("2026-03-29T22:00:00Z", null, "low");
  expect((await days()).slice(-3)).toEqual([
    { day: "2026-03-28", raised: { ...none, critical: 1 }, resolved: none },
    { day: "2026-03-29", raised: { low: 0, warning: 1, critical: 1 }, resolved: { ...none, critical: 2 } },
    { day: "2026-03-30", raised: { ...none, low: 1 }, resolved: { ...none, warning: 1 } },
  ]);
});

test("a span is complete and holds nothing older; what was raised before it may be resolved in it", async () => {
  await alert("2026-03-20T12:00:00Z", "2026-03-25T12:00:00Z");
  const week = await days("7d");
  expect(week.map(({ day }) => day)).toEqual([
    "2026-03-24",
    "2026-03-25",
    "2026-03-26",
    "2026-03-27",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
  ]);
  expect(week.reduce((sum, { raised }) => sum + raised.critical, 0)).toBe(0);
  expect(week[1]?.resolved.critical).toBe(1);
  const month = await days("30d");
  expect([month.length, month.find(({ day }) => day === "2026-03-20")?.raised.critical]).toEqual([30, 1]);
  expect(await days("90d")).toHaveLength(90);
});

test("others' farms are not in it; the system's own alerts are for those who see every farm", async () => {
  const theirs = (await testFarm(database.db)).id;
  const their = await testDevice(database.db, { farmId: theirs });
  await alert("2026-03-30T08:00:00Z", null);
  await database.db.alert.updateMany({ data: { farmId: theirs, deviceKey: their.id } });
  await alert("2026-03-30T08:00:00Z", null, "critical", { farmId: null });
  const today = async (...of: Parameters<typeof days>) => (await days(...of)).at(-1)?.raised.critical;
  expect(await today("7d")).toBe(0);
  expect(await today("7d", actorWith("viewer", farmId), theirs)).toBe(0);
  expect(await today("7d", actorWith("viewer", theirs))).toBe(1);
  expect(await today("7d", actorWith("admin"))).toBe(2);
  expect(await today("7d", actorWith("admin"), theirs)).toBe(1);
});
