import { beforeEach, describe, expect, test } from "vitest";
import type { Prisma } from "@/server/db/generated/client";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { exportBatteries } from "./export-batteries";
import { getBatteryOutlook } from "./get-battery-outlook";
import { listBatteries } from "./list-batteries";
import { readBatteryTrends } from "./read-battery-trends";
import { refreshBatteryOutlooks } from "./refresh-battery-outlooks";

const database = useTestDatabase();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date("2026-06-01T12:30:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

/** A device with one reading a day, the last of them this hour. */
async function reporting(levels: readonly (number | null)[], fields: Partial<Parameters<typeof testDevice>[1]> = {}) {
  const device = await testDevice(database.db, { farmId, lifecycle: "active", state: { batteryLevel: levels.at(-1) ?? null }, ...fields });
  const samples: Prisma.HealthSampleCreateManyInput[] = levels.flatMap((batteryLast, index) =>
    batteryLast === null
      ? []
      : [{ deviceKey: device.id, hour: new Date(NOW.getTime() - HOUR / 2 - (levels.length - 1 - index) * DAY), messages: 1, batteryLast }],
  );
  await database.db.healthSample.createMany({ data: samples });
  return device;
}

const falling = (days: number, today: number, perDay: number) =>
  Array.from({ length: days }, (_, index) => today + perDay * (days - 1 - index));
const trendOf = async ({ id }: { id: string }) => (await readBatteryTrends(database.db, [id], NOW)).get(id);

describe("the trend", () => {
  test("is the least-squares line through the last reading of every 24 hours", async () => {
    const device = await reporting([50, 48, 48, 44]);
    await database.db.healthSample.createMany({
      data: [
        // Earlier on the last day, and an hour in which nothing was said of the battery.
        { deviceKey: device.id, hour: new Date(NOW.getTime() - 3 * HOUR), batteryLast: 99 },
        { deviceKey: device.id, hour: new Date(NOW.getTime() - 1.1 * HOUR), messages: 4 },
      ],
    });
    const trend = await trendOf(device);
    expect(trend).toMatchObject({ days: 4, rises: 0, lastAt: new Date(NOW.getTime() - HOUR / 2), centrePercent: 47.5 });
    expect(trend?.centreAt).toEqual(new Date(NOW.getTime() - HOUR / 2 - 1.5 * DAY));
    // By hand: x = -1.5 … 1.5, Sxx = 5, Sxy = -9, Syy = 19.
    expect(trend?.slopePerDay).toBeCloseTo(-1.8);
    expect(trend?.spreadDays2).toBeCloseTo(5);
    expect(trend?.residualPercent2).toBeCloseTo(19 - 81 / 5);
  });

  test("begins anew with a rise of 15 points, also over a gap; a smaller one is none", async () => {
    expect(await trendOf(await reporting([30, 28, 43, 42, 41]))).toMatchObject({ days: 3, rises: 1, centrePercent: 42 });
    expect(await trendOf(await reporting([30, null, null, 90, 89]))).toMatchObject({ days: 2, rises: 1 });
    expect(await trendOf(await reporting([30, 44.9, 43]))).toMatchObject({ days: 3, rises: 0 });
    expect(await trendOf(await reporting([20, 90, 20, 90, 20, 90]))).toMatchObject({ days: 1, rises: 3, slopePerDay: null });
  });

  test("looks back 60 days, and not ahead", async () => {
    const device = await reporting(falling(80, 20, 1));
    await database.db.healthSample.create({ data: { deviceKey: device.id, hour: inDays(1), batteryLast: 90 } });
    expect(await trendOf(device)).toMatchObject({ days: 60, rises: 0 });
  });

  test("there is none without readings", async () => {
    expect(await trendOf(await reporting([null, null]))).toBeUndefined();
  });
});

describe("estimating", () => {
  const stored = () => database.db.batteryOutlook.findMany({ include: { device: true }, orderBy: { device: { deviceId: "asc" } } });

  test("devices on batteries that are in service, each once a day, in a fixed number of statements", async () => {
    const dying = await reporting(falling(30, 40, 1));
    const fresh = await reporting([]);
    await reporting(falling(30, 40, 1), { powerSource: "mains" });
    await reporting(falling(30, 40, 1), { powerSource: "solar" });
    await reporting(falling(30, 40, 1), { lifecycle: "decommissioned" });
    expect(await refreshBatteryOutlooks(database.db, NOW)).toBe(2);
    expect(await stored()).toMatchObject([
      { deviceKey: dying.id, threshold: 20, days: 30, slopePerDay: -1, reason: null },
      { deviceKey: fresh.id, days: 0, slopePerDay: null, earliestAt: null, reason: "too_few_days" },
    ]);
    expect(await refreshBatteryOutlooks(database.db, inDays(0.99))).toBe(0);
    expect(await refreshBatteryOutlooks(database.db, inDays(1.01))).toBe(2);
    const few = await countStatements(() => refreshBatteryOutlooks(database.db, inDays(3)));
    for (let index = 0; index < 8; index++) await reporting([50]);
    expect(await countStatements(() => refreshBatteryOutlooks(database.db, inDays(5)))).toBe(few);
  });

  test("another threshold makes it void at once", async () => {
    const { id } = await reporting(falling(30, 40, 1));
    await refreshBatteryOutlooks(database.db, NOW);
    await database.db.device.update({ where: { id }, data: { lowBatteryThreshold: 35 } });
    expect(await refreshBatteryOutlooks(database.db, NOW)).toBe(1);
    const [row] = await stored();
    expect(row).toMatchObject({ threshold: 35 });
    expect(row?.earliestAt?.getTime()).toBeLessThan(inDays(5).getTime());
  });

  test("a bounded number at a time, those without an estimate first, then the oldest", async () => {
    const first = await reporting([50]);
    await refreshBatteryOutlooks(database.db, NOW);
    const second = await reporting([50]);
    expect(await refreshBatteryOutlooks(database.db, inDays(2), 1)).toBe(1);
    expect((await stored()).map(({ deviceKey, computedAt }) => [deviceKey, computedAt])).toEqual([
      [first.id, NOW],
      [second.id, inDays(2)],
    ]);
    expect(await refreshBatteryOutlooks(database.db, inDays(2), 1)).toBe(1);
    expect(await refreshBatteryOutlooks(database.db, inDays(2), 1)).toBe(0);
  });
});

describe("the list", () => {
  const list = (input: object = {}, actor = actorWith("viewer", farmId)) =>
    listBatteries({ ctx: contextOf(database.db, actor, NOW), input });
  const idsOf = ({ batteries }: Awaited<ReturnType<typeof list>>) => batteries.map(({ deviceId }) => deviceId);

  async function herd() {
    const low = await reporting(falling(30, 12, 1));
    const lower = await reporting([3]);
    const later = await reporting(falling(30, 45, 1));
    const sooner = await reporting(falling(30, 30, 1));
    const full = await reporting(falling(30, 95, 0));
    const young = await reporting([50]);
    const noisy = await reporting(
      Array.from({ length: 30 }, (_, index) => 26 + (index % 2 ? 7 : -7)),
      { state: { batteryLevel: 40 } },
    );
    await refreshBatteryOutlooks(database.db, NOW);
    const unseen = await reporting(falling(30, 30, 1));
    await reporting([5], { powerSource: "mains" });
    await reporting([5], { lifecycle: "provisioned" });
    return { low, lower, later, sooner, full, young, noisy, unseen };
  }

  test("low ones first, by their charge, then those that fall below within 30 days, the earliest first", async () => {
    const { low, lower, later, sooner, young, noisy, unseen } = await herd();
    const due = await list();
    expect(idsOf(due)).toEqual([lower, low, sooner, later].map(({ deviceId }) => deviceId));
    expect(due.batteries.map(({ outlook }) => outlook.kind)).toEqual(["low", "low", "due", "due"]);
    expect(due.counts).toEqual({
      low: 2,
      due: 2,
      notSoon: 1,
      unknown: { too_few_days: 1, noisy: 1, charging: 0, silent: 0, not_looked_at: 1 },
    });
    const unknown = await list({ view: "unknown" });
    expect(idsOf(unknown).sort()).toEqual([young, noisy, unseen].map(({ deviceId }) => deviceId).sort());
    expect(unknown.batteries.map(({ outlook }) => (outlook.kind === "unknown" ? outlook.reason : outlook.kind)).sort()).toEqual([
      "noisy",
      "not_looked_at",
      "too_few_days",
    ]);
  });

  test("what the database calls each battery is what the rules call it", async () => {
    await herd();
    const [due, unknown] = [await list(), await list({ view: "unknown" })];
    expect(due.batteries).toHaveLength(due.counts.low + due.counts.due);
    for (const kind of ["low", "due"] as const)
      expect(due.batteries.filter(({ outlook }) => outlook.kind === kind)).toHaveLength(due.counts[kind]);
    for (const [reason, count] of Object.entries(unknown.counts.unknown))
      expect(unknown.batteries.filter(({ outlook }) => outlook.kind === "unknown" && outlook.reason === reason)).toHaveLength(count);
  });

  test("page by page it is the whole; a cursor of somebody's own is refused", async () => {
    await herd();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ pageSize: 1, cursor });
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(idsOf(await list()));
    await expect(list({ cursor: Buffer.from("1'; DROP").toString("base64url") })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("others' farms are not in it", async () => {
    await herd();
    const theirs = (await testFarm(database.db)).id;
    for (const [input, actor] of [
      [{}, actorWith("viewer", theirs)],
      [{ farmId }, actorWith("viewer", theirs)],
      [{ farmId: theirs }, actorWith("admin")],
      [{}, actorWith("viewer")],
    ] as const) {
      const { batteries, counts } = await list(input, actor);
      expect([batteries, counts.low, counts.due, counts.notSoon, counts.unknown.noisy]).toEqual([[], 0, 0, 0, 0]);
    }
  });

  test("as CSV, formulas made harmless", async () => {
    await database.db.device.update({ where: { id: (await herd()).lower.id }, data: { name: "=1+1" } });
    let text = "";
    for await (const chunk of exportBatteries({ ctx: contextOf(database.db, actorWith("viewer", farmId), NOW), input: {} })) text += chunk;
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain("Device ID,Name,Type");
    expect(lines[1]).toMatch(/,"'=1\+1",Milk meter,Farm \d+,,,3,20,,low,,$/);
    expect(lines[3]).toMatch(/,30,20,-1,due,2026-06-\d\d,2026-06-\d\d$/);
  });
});

describe("one device", () => {
  const outlookOf = ({ deviceId }: { deviceId: string }, actor = actorWith("viewer", farmId)) =>
    getBatteryOutlook({ ctx: contextOf(database.db, actor, NOW), input: { deviceId } });

  test("is estimated as it is asked for", async () => {
    const { outlook, ...facts } = await outlookOf(await reporting(falling(30, 40, 1)));
    expect(facts).toEqual({ threshold: 20, days: 30, slopePerDay: expect.closeTo(-1) as number });
    expect(outlook.kind).toBe("due");
    expect(await outlookOf(await reporting([5], { powerSource: "mains" }))).toMatchObject({
      outlook: { kind: "unknown", reason: "mains" },
    });
    expect(await outlookOf(await reporting([]))).toMatchObject({ outlook: { kind: "unknown", reason: "too_few_days" }, days: 0 });
  });

  test("of another farm is not found", async () => {
    await expect(outlookOf(await reporting([5]), actorWith("viewer", (await testFarm(database.db)).id))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
