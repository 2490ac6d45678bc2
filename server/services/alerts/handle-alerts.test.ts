import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { countStatements } from "@/server/testing/count-statements";
import { actorWith, contextOf, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { acknowledgeAlerts } from "./acknowledge-alerts";
import { getAlert } from "./get-alert";
import { listAlerts } from "./list-alerts";
import { raiseAlert } from "./raise-alert";
import { resolveAlerts } from "./resolve-alerts";
import { snoozeAlerts, wakeAlerts } from "./snooze-alerts";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00.000Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
let farmId: string;
let staff: UserActor;

beforeEach(async () => {
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
  staff = { ...actorWith("field_staff", farmId), userId: (await testPerson(database.db, { name: "Field technician" })).id };
});

async function alert(severity: "low" | "warning" | "critical" = "warning", farm = farmId, minutesAgo = 0): Promise<string> {
  const { id } = await testDevice(database.db, { farmId: farm, lifecycle: "active" });
  const at = new Date(NOW.getTime() - minutesAgo * 60_000);
  const row = await database.db.alert.create({
    data: {
      deviceKey: id,
      farmId: farm,
      condition: "custom",
      type: "custom",
      severity,
      message: "hums",
      firstOccurrence: at,
      lastOccurrence: at,
    },
  });
  return row.id;
}

const ctx = (actor: UserActor = staff, now = NOW) => contextOf(database.db, actor, now);
const listed = async (input: Record<string, unknown>, now = NOW) =>
  (await listAlerts({ ctx: ctx(staff, now), input })).alerts.map((row) => row.id);

describe("handling alerts", () => {
  test("a thousand take as many statements as one; what others have dealt with is counted, not changed", async () => {
    const ids = [await alert(), await alert()];
    const one = await countStatements(() => acknowledgeAlerts({ ctx: ctx(), input: { ids: [ids[0]] } }));
    const devices = await database.db.device.createManyAndReturn({
      data: Array.from({ length: 1_000 }, (_, index) => ({
        deviceId: `GT${String(index).padStart(6, "0")}`,
        name: "D",
        type: "gate" as const,
        farmId,
      })),
      select: { id: true },
    });
    const many = await database.db.alert.createManyAndReturn({
      data: devices.map(({ id }) => ({
        deviceKey: id,
        farmId,
        condition: "offline" as const,
        type: "offline" as const,
        severity: "critical" as const,
        firstOccurrence: NOW,
        lastOccurrence: NOW,
      })),
      select: { id: true },
    });
    let result: unknown;
    const thousand = await countStatements(async () => {
      result = await acknowledgeAlerts({ ctx: ctx(), input: { ids: [...ids, ...many.map(({ id }) => id)] } });
    });
    expect([result, thousand]).toEqual([{ handled: 1_001, skipped: 1 }, one]);
    expect(await database.db.alertEvent.count({ where: { alertId: ids[0], kind: "acknowledged" } })).toBe(1);
  });

  test("one alert of another farm among them, and nothing is changed", async () => {
    const mine = await alert();
    const theirs = await alert("critical", (await testFarm(database.db)).id);
    await expect(resolveAlerts({ ctx: ctx(), input: { ids: [mine, theirs], notes: "Done" } })).rejects.toMatchObject({ code: "not_found" });
    await expect(acknowledgeAlerts({ ctx: ctx(actorWith("viewer", farmId)), input: { ids: [mine] } })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await database.db.alert.count({ where: { state: "active" } })).toBe(2);
  });

  test("snoozed it is out of the open ones until its time, woken it is back", async () => {
    const id = await alert();
    await snoozeAlerts({ ctx: ctx(), input: { ids: [id], until: later(2), reason: "Spare is ordered" } });
    expect([await listed({}), await listed({ view: "snoozed" }), await listed({}, later(3))]).toEqual([[], [id], [id]]);
    await wakeAlerts({ ctx: ctx(staff, later(1)), input: { ids: [id] } });
    expect(await listed({})).toEqual([id]);
    const view = await getAlert({ ctx: ctx(), input: { id } });
    expect(view.timeline.map(({ kind, actor, note }) => [kind, actor, note])).toEqual([
      ["snoozed", "Field technician", "Spare is ordered"],
      ["woken", "Field technician", null],
    ]);
  });

  test.each([
    ["the past", () => NOW],
    ["a month and a day", () => later(31 * 24)],
  ])("a snooze until %s is refused at its field", async (_, until) => {
    const id = await alert();
    await expect(snoozeAlerts({ ctx: ctx(), input: { ids: [id], until: until(), reason: "x" } })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { until: expect.any(String) as string },
    });
  });

  test("resolving asks what was done", async () => {
    const id = await alert();
    await expect(resolveAlerts({ ctx: ctx(), input: { ids: [id], notes: "  " } })).rejects.toMatchObject({ code: "invalid_input" });
    await resolveAlerts({ ctx: ctx(), input: { ids: [id], notes: "Oiled it" } });
    expect(await getAlert({ ctx: ctx(), input: { id } })).toMatchObject({
      state: "resolved",
      resolvedBy: "Field technician",
      resolutionNotes: "Oiled it",
      mayHandle: false,
    });
  });

  test("a problem that is reported again counts, with the graver severity, and never doubles", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "active" });
    const reports = ["low", "critical", "warning"].map((severity) =>
      raiseAlert({ ctx: ctx(), input: { deviceId, message: "It hums", severity } }),
    );
    const ids = new Set((await Promise.all(reports)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    expect(await database.db.alert.findFirstOrThrow({ where: { id: [...ids][0] } })).toMatchObject({
      occurrenceCount: 3,
      severity: "critical",
    });
  });
});

describe("the alert list", () => {
  test("pages go on where the one before ended, in every order, with ties", async () => {
    const severities = ["critical", "low", "warning", "warning", "critical", "low", "warning"] as const;
    for (const [index, severity] of severities.entries()) await alert(severity, farmId, Math.floor(index / 2));
    for (const order of ["gravest", "newest", "oldest"]) {
      const whole = await listed({ order });
      const pages: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listAlerts>> = await listAlerts({ ctx: ctx(), input: { order, pageSize: 2, cursor } });
        pages.push(...page.alerts.map((row) => row.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect([order, pages]).toEqual([order, whole]);
      expect(new Set(pages).size).toBe(severities.length);
    }
    const gravest = await listAlerts({ ctx: ctx(), input: {} });
    expect(gravest.alerts.map((row) => row.severity)).toEqual(["critical", "critical", "warning", "warning", "warning", "low", "low"]);
  });

  test.each(["%", "_", "\\", "'", "hu_s", "\0"])("searching %j finds only what holds it", async (search) => {
    await alert();
    expect(await listed({ search })).toHaveLength(search === "\0" ? 1 : 0);
  });

  test.each(["x", "W10", Buffer.from('["critical","2026",1]').toString("base64url")])("the cursor %j is refused", async (cursor) => {
    await expect(listAlerts({ ctx: ctx(), input: { cursor } })).rejects.toMatchObject({ code: "invalid_input" });
  });
});
