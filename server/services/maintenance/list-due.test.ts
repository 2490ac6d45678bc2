import { beforeEach, expect, test } from "vitest";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { listDue } from "./list-due";

const database = useTestDatabase();
/** Half past midnight of the 16th in Berlin, afternoon of the 15th in Los Angeles. */
const NOW = new Date("2026-06-15T22:30:00Z");
let berlin: string;
let angeles: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  berlin = (await testFarm(database.db)).id;
  angeles = (await testFarm(database.db, { timeZone: "America/Los_Angeles" })).id;
});

const due = (input: Record<string, unknown> = {}, actor = actorWith("viewer", berlin, angeles)) =>
  listDue({ ctx: contextOf(database.db, actor, NOW), input: { from: "2026-06-15", to: "2026-06-21", ...input } });
const device = (farmId: string, fields: Partial<Parameters<typeof testDevice>[1]> = {}) => testDevice(database.db, { farmId, ...fields });
const work = (deviceKey: string, day: string, fields: { type?: "repair" | "calibration"; status?: "planned" | "done" } = {}) =>
  database.db.maintenanceRecord.create({
    data: { deviceKey, type: "repair", title: `Work of ${day}`, plannedFor: dateOf(day), ...fields },
  });

test("planned work, regular dates and calibrations of the week, the overdue first", async () => {
  const a = await device(berlin);
  await work(a.id, "2026-06-18");
  await work(a.id, "2026-05-01");
  await work(a.id, "2026-06-22");
  await work(a.id, "2026-06-17", { status: "done" });
  const b = await device(berlin, { nextMaintenanceDate: dateOf("2026-06-20") });
  const c = await device(berlin, { calibrationStatus: "due", nextCalibrationDate: dateOf("2026-06-19") });
  const d = await device(berlin, { calibrationStatus: "due" });
  await device(berlin, { lifecycle: "decommissioned", nextMaintenanceDate: dateOf("2026-06-20") });
  const { items } = await due();
  expect(items.map((item) => [item.device.deviceId, item.kind, item.day, item.overdue])).toEqual([
    [a.deviceId, "work", "2026-05-01", true],
    [d.deviceId, "calibration", "2026-06-16", false],
    [a.deviceId, "work", "2026-06-18", false],
    [c.deviceId, "calibration", "2026-06-19", false],
    [b.deviceId, "service", "2026-06-20", false],
  ]);
  expect(items[1]?.title).toBe("First calibration on record");
});

test("what is overdue depends on the farm's own day", async () => {
  await device(berlin, { nextMaintenanceDate: dateOf("2026-06-15") });
  await device(angeles, { nextMaintenanceDate: dateOf("2026-06-15") });
  const verdicts = (await due({ from: "2026-07-01", to: "2026-07-31" })).items.map((item) => [item.farm.id, item.overdue]);
  expect(verdicts).toEqual([[berlin, true]]);
});

test("a calibration that is planned in time is listed once, one that is planned too late twice", async () => {
  const calibration = { calibrationStatus: "due" as const, nextCalibrationDate: dateOf("2026-06-18") };
  await work((await device(berlin, calibration)).id, "2026-06-17", { type: "calibration" });
  await work((await device(berlin, calibration)).id, "2026-06-20", { type: "calibration" });
  expect((await due()).items.map((item) => [item.kind, item.day])).toEqual([
    ["work", "2026-06-17"],
    ["calibration", "2026-06-18"],
    ["work", "2026-06-20"],
  ]);
});

test("filters by farm, device type and kind; other people's farms stay out", async () => {
  await work((await device(berlin, { type: "gate" })).id, "2026-06-18");
  await device(angeles, { nextMaintenanceDate: dateOf("2026-06-18") });
  const farmsOf = async (input: Record<string, unknown>, actor?: ReturnType<typeof actorWith>) =>
    (await due(input, actor)).items.map((item) => item.farm.id);
  expect(await farmsOf({ farmIds: [angeles] })).toEqual([angeles]);
  expect(await farmsOf({ types: ["gate"] })).toEqual([berlin]);
  expect(await farmsOf({ kinds: ["service"] })).toEqual([angeles]);
  expect(await farmsOf({ kinds: ["calibration"] })).toEqual([]);
  expect(await farmsOf({}, actorWith("viewer", berlin))).toEqual([berlin]);
  expect(await farmsOf({ farmIds: [angeles] }, actorWith("viewer", berlin))).toEqual([]);
  expect(await farmsOf({}, actorWith("viewer"))).toEqual([]);
  expect(await farmsOf({}, actorWith("admin"))).toHaveLength(2);
});

test("takes two statements, however much is due", async () => {
  const { id } = await device(berlin);
  for (let day = 15; day < 22; day += 1) await work(id, `2026-06-${day}`);
  expect(await countStatements(() => due())).toBe(2);
});
