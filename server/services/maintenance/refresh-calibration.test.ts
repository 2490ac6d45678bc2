import { beforeEach, describe, expect, test } from "vitest";
import { attentionReasons } from "@/server/domain/health/policy";
import { addDays, dateOf, dayOf, todayIn } from "@/server/domain/maintenance/calendar-day";
import { calibrationOf, intervalOf } from "@/server/domain/maintenance/calibration";
import { runJob } from "@/server/jobs/run-job";
import { editDevice } from "@/server/services/devices/edit-device";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { refreshCalibration } from "./refresh-calibration";
import { removeInterval } from "./remove-interval";
import { setInterval } from "./set-interval";

const database = useTestDatabase();
const NOW = new Date("2026-06-15T22:30:00Z");
const admin = () => contextOf(database.db, actorWith("admin"), NOW);

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.calibrationInterval.deleteMany();
  await database.db.changeFeed.deleteMany();
});

async function statusOf(id: string) {
  const row = await database.db.device.findUniqueOrThrow({ where: { id }, include: { state: true } });
  return [row.calibrationStatus, row.nextCalibrationDate && dayOf(row.nextCalibrationDate), row.state?.needsAttention];
}

describe("calibration of the fleet", () => {
  test("the database judges as the pure rules do, for every mix of interval, last date, farm and health", async () => {
    const { db } = database;
    await db.calibrationInterval.createMany({
      data: [
        { deviceType: "milk_meter", model: "", days: 365 },
        { deviceType: "milk_meter", model: "LF-200", days: 90 },
        { deviceType: "gate", model: "SG-1", days: 30 },
      ],
    });
    // In Auckland it is the 16th already, in Los Angeles still the 15th, in Berlin half past midnight.
    const zones = ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"];
    const farms = await Promise.all(zones.map((timeZone) => testFarm(db, { timeZone })));
    const lasts = [null, 0, -1, -7, -16, -29, -30, -31, -75, -76, -77, -89, -90, -91, -350, -351, -365, -366, -367, -2000];
    let number = 0;
    for (const farm of farms) {
      for (const last of lasts) {
        number += 1;
        const [type, model] = (
          [
            ["milk_meter", ""],
            ["milk_meter", "LF-200"],
            ["gate", "SG-1"],
            ["gate", "other"],
          ] as const
        )[number % 4] ?? ["gate", ""];
        await testDevice(db, {
          farmId: farm.id,
          type,
          model,
          lifecycle: (["provisioned", "active", "maintenance"] as const)[number % 3],
          calibrationIntervalDays: number % 5 === 0 ? 14 : null,
          lastCalibrationDate: last === null ? null : dateOf(addDays("2026-06-15", last)),
          firmwareUpdateStatus: number % 11 === 0 ? "failed" : "none",
          state: {
            lastSeenAt: number % 7 === 0 ? null : new Date(NOW.getTime() - (number % 13 === 0 ? 700_000 : 1_000)),
            batteryLevel: number % 4 === 1 ? 5 : null,
            errorCount: number % 9 === 0 ? 6 : 0,
          },
        });
      }
    }
    await refreshCalibration(db, NOW);
    const rows = await db.device.findMany({ include: { state: true, farm: true } });
    const intervals = await db.calibrationInterval.findMany();
    const daysOf = (type: string, model: string) => intervals.find((row) => row.deviceType === type && row.model === model)?.days ?? null;
    const statuses = new Set<string>();
    for (const row of rows) {
      const days = intervalOf({
        own: row.calibrationIntervalDays,
        model: row.model ? daysOf(row.type, row.model) : null,
        type: daysOf(row.type, ""),
      });
      const last = row.lastCalibrationDate && dayOf(row.lastCalibrationDate);
      const expected = calibrationOf(days, last, todayIn(row.farm.timeZone, NOW));
      const seen = { status: row.calibrationStatus, nextDate: row.nextCalibrationDate && dayOf(row.nextCalibrationDate) };
      expect(seen, `${row.model} ${last} ${row.farm.timeZone}`).toEqual(expected);
      statuses.add(row.calibrationStatus);
      // Rows whose calibration did not change keep what the ingest or the health sweep said.
      if (row.calibrationStatus !== "not_required" && row.state) {
        const reasons = attentionReasons({ ...row, ...row.state }, NOW);
        expect(row.state.needsAttention, row.deviceId).toBe(row.lifecycle !== "maintenance" && reasons.length > 0);
      }
    }
    expect([...statuses].sort()).toEqual(["due", "not_required", "overdue", "valid"]);
    expect(await refreshCalibration(db, NOW), "a second run finds nothing to do").toEqual({ changed: 0 });
  });

  test("takes as many statements for 40 devices as for one, and tells watchers once", async () => {
    const { db } = database;
    const { id: farmId } = await testFarm(db);
    await db.calibrationInterval.create({ data: { deviceType: "milk_meter", days: 365 } });
    await testDevice(db, { farmId });
    const one = await countStatements(() => refreshCalibration(db, NOW));
    for (let index = 0; index < 40; index += 1) await testDevice(db, { farmId });
    expect(await countStatements(() => refreshCalibration(db, NOW))).toBe(one);
    const told = await db.changeFeed.findMany({ orderBy: { id: "desc" }, take: 2 });
    expect(told.map((entry) => [entry.topic, entry.ids.length]).sort()).toEqual([
      ["devices", 40],
      ["maintenance", 40],
    ]);
  });

  test("follows an interval that is set, changed and removed, of the type or of the model", async () => {
    const { db } = database;
    const { id: farmId } = await testFarm(db);
    const { id } = await testDevice(db, { farmId, model: "LF-200", lastCalibrationDate: dateOf("2026-06-01") });
    const set = (model: string, days: number) => setInterval({ ctx: admin(), input: { deviceType: "milk_meter", model, days } });
    expect(await set("", 365)).toEqual({ changed: 1 });
    expect(await statusOf(id)).toEqual(["valid", "2027-06-01", false]);
    await set("LF-200", 10);
    expect(await statusOf(id)).toEqual(["overdue", "2026-06-11", true]);
    await set("other", 1);
    await set("LF-200", 20);
    expect(await statusOf(id)).toEqual(["due", "2026-06-21", true]);
    for (const interval of await db.calibrationInterval.findMany({ orderBy: { days: "asc" } }))
      await removeInterval({ ctx: admin(), input: { id: interval.id } });
    expect(await statusOf(id)).toEqual(["not_required", null, false]);
    expect(await db.auditEvent.count({ where: { subjectType: "calibration_interval" } })).toBeGreaterThanOrEqual(7);
  });

  test("follows a model that is corrected", async () => {
    const { db } = database;
    const { id: farmId } = await testFarm(db);
    await setInterval({ ctx: admin(), input: { deviceType: "milk_meter", model: "LF-200", days: 30 } });
    const { id, deviceId } = await testDevice(db, { farmId });
    await editDevice({ ctx: admin(), input: { deviceId, version: 1, name: "Stall 1", model: "LF-200" } });
    expect((await statusOf(id))[0]).toBe("due");
  });

  test("a new day is noticed by housekeeping; retired devices are left alone", async () => {
    const { db } = database;
    const { id: farmId } = await testFarm(db);
    const old = { farmId, calibrationIntervalDays: 10, lastCalibrationDate: dateOf("2020-01-01"), calibrationStatus: "valid" as const };
    const { id } = await testDevice(db, old);
    const retired = await testDevice(db, { ...old, lifecycle: "decommissioned" });
    expect(await runJob(db, "housekeeping")).toMatchObject({ calibrations: 1 });
    expect((await statusOf(id))[0]).toBe("overdue");
    expect((await statusOf(retired.id))[0]).toBe("valid");
  });

  test.each([
    [{ deviceType: "milk_meter", days: 0 }, "days"],
    [{ deviceType: "milk_meter", days: 1.5 }, "days"],
    [{ deviceType: "milk_meter", days: 4000 }, "days"],
    [{ deviceType: "cow", days: 10 }, "deviceType"],
  ])("%j is refused at its field", async (input, field) => {
    await expect(setInterval({ ctx: admin(), input })).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: /./ } });
    expect(await database.db.calibrationInterval.count()).toBe(0);
  });

  test("is an admin's business", async () => {
    const { id } = await testFarm(database.db);
    const ctx = contextOf(database.db, actorWith("farm_manager", id));
    await expect(setInterval({ ctx, input: { deviceType: "gate", days: 10 } })).rejects.toMatchObject({ code: "forbidden" });
  });
});
