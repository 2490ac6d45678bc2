import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countAlertsPerDay } from "@/server/services/overview/count-alerts-per-day";
import { getFleetHistory } from "@/server/services/overview/get-fleet-history";
import { actorWith, contextOf } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { seedDemo } from "./seed-demo";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-demo-"));
const database = useTestDatabase();
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

test("the demo's charts have three months behind them, its batteries go on where their history ends", async () => {
  const { db } = database;
  const now = new Date();
  const herd = await seedDemo(db, now, dataFolder);
  const ctx = contextOf(db, actorWith("admin"), now);
  for (const span of ["7d", "30d", "90d"]) {
    const { points } = await getFleetHistory({ ctx, input: { span } });
    expect(points.filter(({ healthy }) => healthy === null).length).toBeLessThan(points.length / 5);
    expect(points.some(({ critical }) => (critical ?? 0) > 0)).toBe(true);
    const { days } = await countAlertsPerDay({ ctx, input: { span } });
    expect(days.filter(({ raised }) => raised.critical + raised.warning > 0).length).toBeGreaterThan(days.length / 2);
  }
  expect((await getFleetHistory({ ctx, input: { span: "7d" } })).points.some(({ healthy }) => healthy === null)).toBe(true);

  const collar = herd?.find(({ deviceId }) => deviceId === "AC001");
  const last = await db.healthSample.findFirstOrThrow({ where: { device: { deviceId: "AC001" } }, orderBy: { hour: "desc" } });
  expect(collar?.batteryPercent).toBe(last.batteryLast);
  expect(herd?.find(({ deviceId }) => deviceId === "MM001")?.batteryPercent).toBeUndefined();
  const outlooks = await db.batteryOutlook.findMany();
  expect(outlooks.some(({ earliestAt }) => earliestAt !== null)).toBe(true);
});

test("what it invents of before has ended before now begins", async () => {
  const open = await database.db.alert.findMany({ where: { state: { not: "resolved" } } });
  const ended = await database.db.alert.findMany({ where: { state: "resolved" } });
  expect(ended.length).toBeGreaterThan(50);
  for (const { firstOccurrence } of open)
    for (const { resolvedAt } of ended) expect(Number(firstOccurrence) - Number(resolvedAt)).toBeGreaterThan(3_600_000);
});
