import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dateOf, todayIn } from "@/server/domain/maintenance/calendar-day";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { addAttachment } from "./add-attachment";
import { cancelRecord } from "./cancel-record";
import { completeRecord } from "./complete-record";
import { deleteAttachment } from "./delete-attachment";
import { editRecord } from "./edit-record";
import { listRecords } from "./list-records";
import { planRecord } from "./plan-record";
import { readAttachment } from "./read-attachment";
import { recordDone } from "./record-done";
import { setMaintenanceDates } from "./set-maintenance-dates";

const database = useTestDatabase();
const TODAY = todayIn("Europe/Berlin", new Date());
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
let farmId: string;
let deviceId: string;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
  deviceId = (await testDevice(database.db, { farmId, calibrationIntervalDays: 100 })).deviceId;
});

const ctx = (actor = actorWith("field_staff", farmId)) => contextOf(database.db, actor);
const plan = (input: Record<string, unknown> = {}, of = ctx()) =>
  planRecord({ ctx: of, input: { deviceId, type: "repair", plannedFor: TODAY, ...input } });
const finish = (input: Record<string, unknown>, of = ctx()) => completeRecord({ ctx: of, input: { doneOn: TODAY, ...input } });
const page = () => listRecords({ ctx: ctx(actorWith("viewer", farmId)), input: { deviceId } });
const calibrate = (doneOn: string, certificate: string) =>
  recordDone({ ctx: ctx(), input: { deviceId, type: "calibration", doneOn, certificate, deviation: "0.4 %" } });

describe("planned work", () => {
  test("is planned, finished, and moves the device's next date", async () => {
    const { id } = await plan({ title: "Replace the seal", plannedFor: addDays(TODAY, 3), technician: "Field technician" });
    expect(await page()).toMatchObject({ records: [{ id, status: "planned", title: "Replace the seal", plannedFor: addDays(TODAY, 3) }] });
    await finish({ recordId: id, version: 1, parts: "1 seal", cost: 12.5, currency: "EUR", nextMaintenanceDate: addDays(TODAY, 180) });
    expect(await page()).toMatchObject({
      device: { nextMaintenanceDate: addDays(TODAY, 180) },
      records: [{ status: "done", doneOn: TODAY, title: "Replace the seal", parts: "1 seal", cost: 12.5, currency: "EUR", version: 2 }],
    });
    const actions = await database.db.auditEvent.findMany({ where: { subjectId: deviceId }, orderBy: { seq: "asc" } });
    expect(actions.map((event) => event.action)).toEqual(["maintenance.planned", "maintenance.completed"]);
  });

  test("of many who finish the same work, one does; the others are told and nothing is written twice", async () => {
    const { id } = await plan({ type: "calibration" });
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((number) =>
        finish({ recordId: id, version: 1, certificate: `C-${number}`, nextMaintenanceDate: addDays(TODAY, number) }),
      ),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    const { records, calibration } = await page();
    expect(calibration.certificate).toBe(records[0]?.certificate);
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId, action: "maintenance.completed" } })).toBe(1);
  });

  test("an edit of an older version overwrites nothing", async () => {
    const { id } = await plan();
    await editRecord({ ctx: ctx(), input: { recordId: id, version: 1, title: "First", plannedFor: TODAY } });
    await expect(editRecord({ ctx: ctx(), input: { recordId: id, version: 1, title: "Second", plannedFor: TODAY } })).rejects.toMatchObject(
      {
        code: "conflict",
      },
    );
    await expect(finish({ recordId: id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
    await expect(cancelRecord({ ctx: ctx(), input: { recordId: id, version: 1 } })).rejects.toMatchObject({ code: "conflict" });
    expect(await page()).toMatchObject({ records: [{ title: "First", status: "planned", version: 2 }] });
  });

  test("is called off and then stays so", async () => {
    const { id } = await plan();
    await cancelRecord({ ctx: ctx(), input: { recordId: id, version: 1, reason: "Not needed" } });
    for (const attempt of [
      () => finish({ recordId: id, version: 2 }),
      () => cancelRecord({ ctx: ctx(), input: { recordId: id, version: 2 } }),
      () => editRecord({ ctx: ctx(), input: { recordId: id, version: 2, plannedFor: TODAY } }),
      () => addAttachment({ ctx: ctx(), input: { recordId: id, name: "a.png", content: PNG.toString("base64") } }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "conflict" });
  });

  test.each([
    ["a day gone by", () => plan({ plannedFor: addDays(TODAY, -1) }), "plannedFor"],
    ["no day", () => plan({ plannedFor: "soon" }), "plannedFor"],
    ["an unknown kind", () => plan({ type: "magic" }), "type"],
    ["done tomorrow", () => recordDone({ ctx: ctx(), input: { deviceId, type: "repair", doneOn: addDays(TODAY, 1) } }), "doneOn"],
    ["a cost without currency", () => recordDone({ ctx: ctx(), input: { deviceId, type: "repair", doneOn: TODAY, cost: 1 } }), "currency"],
  ])("%s is refused at its field and nothing is written", async (_, attempt, field) => {
    await expect(attempt()).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: /./ } });
    expect((await page()).records).toEqual([]);
  });

  test("who may: field staff, not viewers, not strangers; nothing is planned on a retired device, late papers are taken", async () => {
    await expect(plan({}, ctx(actorWith("viewer", farmId)))).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await plan();
    const stranger = ctx(actorWith("farm_manager", (await testFarm(database.db)).id));
    await expect(finish({ recordId: id, version: 1 }, stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(finish({ recordId: id, version: 1 }, ctx(actorWith("viewer", farmId)))).rejects.toMatchObject({ code: "forbidden" });
    await database.db.device.update({ where: { deviceId }, data: { lifecycle: "decommissioned" } });
    await expect(plan()).rejects.toMatchObject({ code: "conflict" });
    await expect(finish({ recordId: id, version: 1 })).resolves.toBeDefined();
  });
});

describe("calibration on record", () => {
  test("moves last and next date, certificate and deviation", async () => {
    await calibrate(TODAY, "CAL-1");
    expect((await page()).calibration).toEqual({
      status: "valid",
      intervalDays: 100,
      ownIntervalDays: 100,
      source: "device",
      lastDate: TODAY,
      nextDate: addDays(TODAY, 100),
      certificate: "CAL-1",
      deviation: "0.4 %",
    });
  });

  test("papers filed late do not turn the clock back; a struck out calibration no longer counts", async () => {
    const last = await calibrate(addDays(TODAY, -10), "CAL-2");
    await calibrate(addDays(TODAY, -200), "CAL-1");
    expect((await page()).calibration).toMatchObject({ certificate: "CAL-2", lastDate: addDays(TODAY, -10), status: "valid" });
    await cancelRecord({ ctx: ctx(), input: { recordId: last.id, version: 1, reason: "Wrong device" } });
    expect((await page()).calibration).toMatchObject({ certificate: "CAL-1", lastDate: addDays(TODAY, -200), status: "overdue" });
  });

  test("follows a correction", async () => {
    const { id } = await calibrate(TODAY, "CAL-1");
    await editRecord({ ctx: ctx(), input: { recordId: id, version: 1, doneOn: addDays(TODAY, -95), certificate: "CAL-1b" } });
    expect((await page()).calibration).toMatchObject({
      certificate: "CAL-1b",
      deviation: null,
      lastDate: addDays(TODAY, -95),
      status: "due",
    });
    await expect(editRecord({ ctx: ctx(), input: { recordId: id, version: 2 } })).rejects.toMatchObject({ fields: { doneOn: /./ } });
  });

  test("other work leaves it alone and keeps no certificate", async () => {
    await recordDone({ ctx: ctx(), input: { deviceId, type: "repair", doneOn: TODAY, certificate: "X" } });
    expect(await page()).toMatchObject({ calibration: { status: "not_required", lastDate: null }, records: [{ certificate: null }] });
  });

  test("the device's own interval is set against its version", async () => {
    const set = (version: number, calibrationIntervalDays: number | null) =>
      setMaintenanceDates({ ctx: ctx(), input: { deviceId, version, calibrationIntervalDays, nextMaintenanceDate: TODAY } });
    await set(1, 20);
    expect(await page()).toMatchObject({
      device: { nextMaintenanceDate: TODAY, version: 2 },
      calibration: { status: "due", intervalDays: 20 },
    });
    await expect(set(1, 30)).rejects.toMatchObject({ code: "conflict" });
    await set(2, null);
    expect((await page()).calibration.status).toBe("not_required");
  });
});

describe("pictures", () => {
  const add = (recordId: string, content = PNG, of = ctx()) =>
    addAttachment({ ctx: of, input: { recordId, name: "seal (worn).png", content: content.toString("base64") } });

  test("are what their bytes say, and are read by who may read the device only", async () => {
    const { id: recordId } = await plan();
    const { id } = await add(recordId);
    const read = (of = ctx()) => readAttachment({ ctx: of, input: { id } });
    expect(await read()).toMatchObject({ contentType: "image/png", name: "seal (worn).png" });
    expect(Buffer.from((await read()).content)).toEqual(PNG);
    await expect(read(ctx(actorWith("farm_manager", (await testFarm(database.db)).id)))).rejects.toMatchObject({ code: "not_found" });
    await expect(readAttachment({ ctx: ctx(), input: { id: "../../etc" } })).rejects.toMatchObject({ code: "not_found" });
    await expect(add(recordId, Buffer.from("<svg onload='alert(1)'>"))).rejects.toMatchObject({ fields: { content: /./ } });
    await expect(add(recordId, PNG, ctx(actorWith("viewer", farmId)))).rejects.toMatchObject({ code: "forbidden" });
    await deleteAttachment({ ctx: ctx(), input: { recordId, attachmentId: id } });
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteAttachment({ ctx: ctx(), input: { recordId, attachmentId: id } })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a record holds six, also when many come at once", async () => {
    const { id: recordId } = await plan();
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => add(recordId)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(6);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  });
});

test("days of the database are the farm's days", async () => {
  const { id } = await plan({ plannedFor: addDays(TODAY, 30) });
  expect((await database.db.maintenanceRecord.findUniqueOrThrow({ where: { id } })).plannedFor).toEqual(dateOf(addDays(TODAY, 30)));
});
