import { beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_RETENTION } from "@/server/domain/retention/settings";
import { deleteExpired } from "@/server/services/retention/delete-expired";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { getFleetHistory } from "./get-fleet-history";
import { sampleFleet } from "./sample-fleet";

const database = useTestDatabase();
let north: string;
let south: string;

beforeEach(async () => {
  const { db } = database;
  await db.fleetSample.deleteMany();
  await db.device.deleteMany();
  await db.farm.deleteMany();
  await db.reception.deleteMany();
  north = (await testFarm(db, { timeZone: "Europe/Berlin" })).id;
  south = (await testFarm(db, { timeZone: "Europe/Berlin" })).id;
});

const sample = (
  farmId: string,
  hour: string,
  counts: Partial<Record<"healthy" | "critical" | "connected" | "disconnected", number>> = {},
) =>
  database.db.fleetSample.create({
    data: { farmId, hour: new Date(hour), healthy: 0, warning: 0, critical: 0, unknown: 0, connected: 0, disconnected: 0, ...counts },
  });
const history = (span: string, now: string, farmId?: string, actor = actorWith("admin")) =>
  getFleetHistory({ ctx: contextOf(database.db, actor, new Date(now)), input: { span, farmId } });

describe("counting the fleet", () => {
  const at = new Date("2026-06-01T10:20:00Z");
  const rows = () => database.db.fleetSample.findMany({ where: { farmId: north } });

  test("active devices by health and connection; a farm without any has its zeros", async () => {
    const seen = { connected: true, lastSeenAt: new Date() };
    await testDevice(database.db, { farmId: north, lifecycle: "active", state: { ...seen, healthStatus: "healthy" } });
    await testDevice(database.db, { farmId: north, lifecycle: "active", state: { ...seen, healthStatus: "warning" } });
    await testDevice(database.db, { farmId: north, lifecycle: "active", state: { healthStatus: "critical", lastSeenAt: new Date(0) } });
    await testDevice(database.db, { farmId: north, lifecycle: "active" });
    for (const lifecycle of ["draft", "provisioned", "maintenance", "decommissioned"] as const)
      await testDevice(database.db, { farmId: north, lifecycle, state: { ...seen, healthStatus: "critical" } });
    expect(await sampleFleet(database.db, at)).toBe(2);
    expect(await rows()).toEqual([
      {
        farmId: north,
        hour: new Date("2026-06-01T10:00:00Z"),
        healthy: 1,
        warning: 1,
        critical: 1,
        unknown: 1,
        connected: 2,
        disconnected: 2,
      },
    ]);
    expect(await database.db.fleetSample.findMany({ where: { farmId: south } })).toMatchObject([
      { healthy: 0, connected: 0, disconnected: 0 },
    ]);
  });

  test("the hour keeps its latest look, and the next hour has its own", async () => {
    await sampleFleet(database.db, at);
    await testDevice(database.db, { farmId: north, lifecycle: "active" });
    await sampleFleet(database.db, new Date("2026-06-01T10:59:59Z"));
    expect(await rows()).toMatchObject([{ unknown: 1, disconnected: 1 }]);
    await sampleFleet(database.db, new Date("2026-06-01T11:00:00Z"));
    expect(await rows()).toHaveLength(2);
  });

  test("while nothing is received nothing is counted", async () => {
    await database.db.reception.create({ data: { id: 1, since: new Date(0), aliveAt: new Date(Date.now() - 120_000) } });
    expect(await sampleFleet(database.db, at)).toBe(0);
    expect(await rows()).toEqual([]);
    await database.db.reception.update({ where: { id: 1 }, data: { aliveAt: new Date() } });
    expect(await sampleFleet(database.db, at)).toBe(2);
  });

  test("what is older than thirteen months is forgotten", async () => {
    const now = new Date();
    const monthsAgo = (months: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString();
    for (const months of [0, 12, 14, 20]) await sample(north, monthsAgo(months));
    expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ fleetSamples: 2 });
    expect(await rows()).toHaveLength(2);
  });
});

describe("the history", () => {
  test("a week is 168 hours over all farms; an hour nobody counted is a gap", async () => {
    await sample(north, "2026-06-01T08:00:00Z", { healthy: 3, critical: 1, connected: 3, disconnected: 1 });
    await sample(south, "2026-06-01T08:00:00Z", { healthy: 4, connected: 4 });
    await sample(north, "2026-06-01T10:00:00Z", { healthy: 4, connected: 0, disconnected: 4 });
    const { points } = await history("7d", "2026-06-01T10:30:00Z");
    expect(points).toHaveLength(168);
    expect(points.slice(-3)).toEqual([
      { at: new Date("2026-06-01T08:00:00Z"), healthy: 7, warning: 0, critical: 1, unknown: 0, online: 87.5, lowestOnline: 87.5 },
      {
        at: new Date("2026-06-01T09:00:00Z"),
        healthy: null,
        warning: null,
        critical: null,
        unknown: null,
        online: null,
        lowestOnline: null,
      },
      { at: new Date("2026-06-01T10:00:00Z"), healthy: 4, warning: 0, critical: 0, unknown: 0, online: 0, lowestOnline: 0 },
    ]);
  });

  test("days are the farm's own, the one of 23 hours among them; a day is the mean of its hours", async () => {
    // In Berlin 29 March 2026 begins at 23:00 UTC and ends at 22:00, because the clocks go forward.
    await sample(north, "2026-03-28T22:00:00Z", { healthy: 100, connected: 1 });
    await sample(north, "2026-03-28T23:00:00Z", { healthy: 10, connected: 10 });
    await sample(north, "2026-03-29T21:00:00Z", { healthy: 5, critical: 5, connected: 5, disconnected: 5 });
    await sample(north, "2026-03-29T22:00:00Z", { healthy: 1, connected: 1 });
    const { points, timeZone } = await history("30d", "2026-03-29T23:30:00Z", north);
    expect([timeZone, points.length]).toEqual(["Europe/Berlin", 30]);
    expect(points.slice(-3)).toMatchObject([
      { at: new Date("2026-03-27T23:00:00Z"), healthy: 100 },
      { at: new Date("2026-03-28T23:00:00Z"), healthy: 7.5, critical: 2.5, online: 75, lowestOnline: 50 },
      { at: new Date("2026-03-29T22:00:00Z"), healthy: 1, online: 100 },
    ]);
    expect((await history("90d", "2026-03-29T23:30:00Z", north)).points).toHaveLength(90);
  });

  test("a farm without active devices has hours, but no share that is online", async () => {
    await sample(north, "2026-06-01T10:00:00Z");
    expect((await history("7d", "2026-06-01T10:30:00Z")).points.at(-1)).toMatchObject({ healthy: 0, online: null });
  });

  test("others' farms are not in it", async () => {
    await sample(north, "2026-06-01T10:00:00Z", { healthy: 3, connected: 3 });
    await sample(south, "2026-06-01T10:00:00Z", { healthy: 40, connected: 40 });
    const now = "2026-06-01T10:30:00Z";
    const last = async (farmId: string | undefined, actor = actorWith("viewer", north)) =>
      (await history("7d", now, farmId, actor)).points.at(-1);
    expect(await last(undefined)).toMatchObject({ healthy: 3 });
    expect(await last(north)).toMatchObject({ healthy: 3 });
    expect(await last(south)).toMatchObject({ healthy: null });
    expect(await last(undefined, actorWith("viewer"))).toMatchObject({ healthy: null });
    expect(await last(undefined, actorWith("admin"))).toMatchObject({ healthy: 43 });
  });

  test("over several farms days are those of the zone that most of them share", async () => {
    await testFarm(database.db, { timeZone: "Pacific/Auckland" });
    expect((await history("30d", "2026-06-01T10:30:00Z")).timeZone).toBe("Europe/Berlin");
    const far = await testFarm(database.db, { timeZone: "Asia/Kolkata" });
    expect((await history("30d", "2026-06-01T10:30:00Z", far.id)).points.at(-1)?.at).toEqual(new Date("2026-05-31T18:30:00Z"));
    expect((await history("7d", "2026-06-01T10:30:00Z", far.id)).points.at(-1)?.at).toEqual(new Date("2026-06-01T10:00:00Z"));
    expect((await history("30d", "2026-06-01T10:30:00Z", undefined, actorWith("viewer"))).timeZone).toBe("UTC");
  });
});
