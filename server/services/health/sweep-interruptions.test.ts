import pg from "pg";
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { openDatabase, type Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { DatabaseLink } from "@/server/testing/database-link";
import { beatReception } from "./reception";
import { sweepHealth } from "./sweep-health";

const database = useTestDatabase();
const NOW = new Date("2026-10-25T01:00:00.000Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const OPEN = { severity: "warning", firstOccurrence: minutesAgo(30), lastOccurrence: minutesAgo(1) } as const;
let names: Map<string, string>;

/** Whatever a check can do is there to be done: raise, count, follow, calm, end, roll up, free, lose and find reception. */
async function somethingOfEverything(isReceiving: boolean): Promise<void> {
  const { db } = database;
  await db.device.deleteMany();
  await db.alert.deleteMany();
  await db.deviceGroup.deleteMany();
  await db.reception.deleteMany();
  const farmId = (await testFarm(db)).id;
  const [falling, rising] = await Promise.all(
    ["FALLING", "RISING"].map((code) => db.deviceGroup.create({ data: { name: code, code, farmId, offlineAlertThreshold: 2 } })),
  );
  names = new Map();
  const open = (alert: Prisma.AlertUncheckedCreateInput) => db.alert.create({ data: { farmId, ...alert } });
  const device = async (name: string, state: object, groupId?: string) => {
    const { id } = await testDevice(db, {
      farmId,
      groupId,
      lifecycle: name === "in maintenance" ? "maintenance" : "active",
      state: { lastSeenAt: minutesAgo(1), healthStatus: "healthy", ...state },
    });
    names.set(id, name);
    return id;
  };
  for (const name of ["silent", "silent, too"]) await device(name, { lastSeenAt: minutesAgo(60) }, rising?.id);
  const offline = { ...OPEN, condition: "offline", type: "offline", severity: "critical" } as const;
  const group = await open({ ...offline, groupId: falling?.id, condition: "group_offline", type: "group_offline" });
  for (const name of ["back", "back, too"]) await open({ ...offline, deviceKey: await device(name, {}, falling?.id), parentId: group.id });
  const still = await device("still silent", { lastSeenAt: minutesAgo(60), healthStatus: "critical" }, falling?.id);
  await open({ ...offline, deviceKey: still, parentId: group.id });
  const battery = { ...OPEN, condition: "battery", type: "low_battery" } as const;
  await open({ ...battery, deviceKey: await device("worse", { batteryLevel: 5 }), value: 15 });
  await open({ ...battery, deviceKey: await device("calm", {}), flaps: 2 });
  await open({ ...battery, deviceKey: await device("calm enough", {}), flaps: 2, clearedAt: minutesAgo(20) });
  await open({ ...battery, deviceKey: await device("not calm", { batteryLevel: 15 }), flaps: 2, clearedAt: minutesAgo(5) });
  await open({ ...battery, deviceKey: await device("in maintenance", { batteryLevel: 5 }) });
  await beatReception(db, minutesAgo(120));
  const system = { condition: "reception", type: "reception_lost", severity: "critical" } as const;
  if (isReceiving) await db.alert.create({ data: { ...OPEN, ...system } });
  if (isReceiving) await db.reception.updateMany({ data: { aliveAt: NOW } });
  await db.changeFeed.deleteMany();
}

/** Everything a check leaves behind, without what chance gives a name. */
async function whatIsThere() {
  const alerts = await database.db.alert.findMany({
    include: { events: { orderBy: { kind: "asc" } }, group: true, parent: { select: { group: true } } },
  });
  const states = await database.db.deviceState.findMany();
  const changes = await database.db.changeFeed.findMany();
  const nameOf = (key: string | null) => names.get(key ?? "") ?? "";
  return {
    alerts: alerts
      .map(({ id: _, deviceKey, groupId: __, farmId: ___, parentId: ____, events, group, parent, ...alert }) => ({
        of: `${nameOf(deviceKey)}${group?.code ?? ""} ${alert.condition}`,
        under: parent?.group?.code,
        ...alert,
        events: events.map(({ kind, at, severity, value, note }) => ({ kind, at, severity, value, note })),
      }))
      .toSorted((a, b) => (a.of < b.of ? -1 : 1)),
    states: states
      .map(({ deviceKey, healthStatus, healthScore, needsAttention }) =>
        [nameOf(deviceKey), healthStatus, healthScore, needsAttention].join(),
      )
      .toSorted(),
    told: changes.map(({ topic, ids }) => `${ids.length} ${topic}`).toSorted(),
  };
}

describe.each([
  ["while messages are received", true],
  ["while none are", false],
])("a check that is cut off %s", (_, isReceiving) => {
  let expected: Awaited<ReturnType<typeof whatIsThere>>;
  let statements: number;

  beforeEach(async () => {
    if (expected) return;
    await somethingOfEverything(isReceiving);
    statements = await countStatements(() => sweepHealth(database.db, NOW));
    expected = await whatIsThere();
  });

  test("before any of its statements: the next one leaves what one that was not cut off leaves", { timeout: 120_000 }, async () => {
    expect(expected.alerts.flatMap((alert) => alert.events).length).toBeGreaterThan(7);
    for (let cut = 1; cut <= statements; cut++) {
      await somethingOfEverything(isReceiving);
      await expect(cutBefore(cut)).rejects.toThrow();
      await sweepHealth(database.db, NOW);
      expect({ cut, ...(await whatIsThere()) }).toEqual({ cut, ...expected });
    }
    // And once more for the same moment, as if its answer had been lost: nothing is raised, counted or told twice.
    await sweepHealth(database.db, NOW);
    expect(await whatIsThere()).toEqual(expected);
  });

  // The embedded database serves one session at a time; there nobody can wait for another's lock.
  test.skipIf(inject("databaseSource").kind === "embedded")("while the database works on it", async () => {
    await somethingOfEverything(isReceiving);
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM device_state FOR UPDATE");
    const db = openDatabase({ url: database.url, poolSize: 1 });
    onTestFinished(() => db.$disconnect());
    const check = expect(sweepHealth(db, NOW)).rejects.toThrow();
    await vi.waitUntil(async () => {
      const killed = await database.db.$queryRaw<unknown[]>`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return killed.length > 0;
    });
    await check;
    await holder.query("ROLLBACK");
    await sweepHealth(database.db, NOW);
    expect(await whatIsThere()).toEqual(expected);
  });
});

/** A check of another process that loses the database just before it sends its statement of that number. */
async function cutBefore(cut: number): Promise<void> {
  const link = await DatabaseLink.open(database.url);
  const db: Database = openDatabase({ url: link.url, poolSize: 1 });
  await db.$queryRaw`SELECT 1`;
  const send = Reflect.get(pg.Client.prototype, "query") as (...args: unknown[]) => unknown;
  let sent = 0;
  const query = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    if (++sent === cut) link.block();
    return Reflect.apply(send, this, args);
  });
  try {
    await sweepHealth(db, NOW);
  } finally {
    query.mockRestore();
    await db.$disconnect();
    await link.close();
  }
}
