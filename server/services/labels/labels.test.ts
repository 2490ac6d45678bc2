import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { deviceFilterSchema } from "@/server/domain/devices/list-schema";
import { MAX_LABELS } from "@/server/domain/labels/vocabulary";
import { reserveDeviceIds } from "@/server/services/devices/id-blocks/reserve-device-ids";
import { releaseDeviceIds } from "@/server/services/devices/id-blocks/release-device-ids";
import { registerDevice } from "@/server/services/devices/register-device";
import { actorWith, contextOf, requestKey, testDevice, testFarm, testPerson, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { codesIn, pagesOf } from "@/server/testing/labels/read-picture";
import { listLabels } from "./list-labels";
import { listPrints } from "./list-prints";
import { makeLabelFile } from "./make-label-file";
import { recordPrint } from "./record-print";

const database = useTestDatabase();
let farmId: string;
let otherFarmId: string;
let staff: UserActor;
let stranger: UserActor;
let ours: { deviceId: string; password: string }[];

beforeEach(async () => {
  const { db } = database;
  await db.labelPrint.deleteMany();
  await db.deviceIdBlock.deleteMany();
  await db.device.deleteMany();
  farmId = (await testFarm(db, { name: "Nordhof" })).id;
  otherFarmId = (await testFarm(db, { name: "Their farm" })).id;
  const person = await testPerson(db, { name: "Kim Fitter" });
  staff = { ...actorWith("field_staff", farmId), userId: person.id };
  stranger = actorWith("field_staff", otherFarmId);
  ours = [
    await testDevice(db, { farmId, deviceId: "MM002", name: "Stall 2", serialNumber: "LF-2" }),
    await testDevice(db, { farmId, deviceId: "MM001", name: "স্টল ১", lifecycle: "active" }),
    await testDevice(db, { farmId, deviceId: "GT001", name: "🐄 gate", type: "gate" }),
  ];
  await testDevice(db, { farmId: otherFarmId, deviceId: "MM900", name: "Theirs" });
});

const ctx = (actor: UserActor, now?: Date) => contextOf(database.db, actor, now);
const list = (source: unknown, actor: UserActor = staff) => listLabels({ ctx: ctx(actor), input: { source } });
const ids = async (source: unknown, actor?: UserActor) => (await list(source, actor)).labels.map((label) => label.deviceId);
const named = (...deviceIds: string[]) => ({ kind: "devices", deviceIds });
const job = (source: unknown, more: Record<string, unknown> = {}) => ({ source, stock: "l7160", template: "full", ...more });
const prints = (input: unknown = {}, actor: UserActor = staff) => listPrints({ ctx: ctx(actor), input });

describe("sources", () => {
  test("named devices, in the order in which they are named, each once, and who is missing", async () => {
    const found = await list(named("mm002 ", "MM001", "MM002", "MM999", "MM900", "a\u0000b"));
    expect(found.labels.map((label) => label.deviceId)).toEqual(["MM002", "MM001"]);
    expect(found.missing).toEqual(["MM999", "MM900", "A\u0000B"]);
    expect(found.labels[0]).toEqual({
      deviceId: "MM002",
      type: "milk_meter",
      name: "Stall 2",
      farm: { id: farmId, name: "Nordhof" },
      code: "SMARTDAIRY:MM002:milk_meter:LF-2",
      isRegistered: true,
      lastPrintedAt: null,
      unprintable: "",
    });
  });

  test("a filter of the device list but for some, narrowed to where one may print", async () => {
    const filter = deviceFilterSchema.parse({ types: ["milk_meter"] });
    expect(await ids({ kind: "filter", filter, except: ["MM002"] })).toEqual(["MM001"]);
    expect(await ids({ kind: "filter", filter }, stranger)).toEqual(["MM900"]);
    const both = actorWith("field_staff", farmId, otherFarmId);
    expect(await ids({ kind: "filter", filter }, both)).toEqual(["MM001", "MM002", "MM900"]);
  });

  test("a group with those below it; the retired are left out", async () => {
    const { db } = database;
    const parent = await db.deviceGroup.create({ data: { farmId, name: "Parlour", code: `P${Date.now()}` } });
    const child = await db.deviceGroup.create({ data: { farmId, name: "Left", code: `L${Date.now()}`, parentId: parent.id } });
    await db.device.update({ where: { deviceId: "MM001" }, data: { groupId: child.id } });
    await db.device.update({ where: { deviceId: "MM002" }, data: { groupId: parent.id, lifecycle: "decommissioned" } });
    expect(await ids({ kind: "group", groupId: parent.id })).toEqual(["MM001"]);
    await expect(list({ kind: "group", groupId: parent.id }, stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(list({ kind: "group", groupId: parent.id }, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("reserved IDs before there are devices, and after", async () => {
    const reserve = { farmId, type: "gate", count: 3, purpose: "labels", requestKey: requestKey() };
    const block = await reserveDeviceIds({ ctx: ctx(staff), input: reserve });
    const source = { kind: "block", blockId: block.id };
    expect((await list(source)).labels[0]).toMatchObject({
      deviceId: "GT002",
      name: "Automated gate",
      code: "SMARTDAIRY:GT002:gate:",
      isRegistered: false,
      farm: { name: "Nordhof" },
    });
    await registerDevice({
      ctx: ctx(staff),
      input: wizardInput(farmId, { type: "gate", deviceId: "GT003", name: "North gate", serialNumber: "S3" }),
    });
    expect((await list(source)).labels.map(({ name, isRegistered }) => [name, isRegistered])).toEqual([
      ["Automated gate", false],
      ["North gate", true],
      ["Automated gate", false],
    ]);
    // Named one by one they are found as well, but not in another writing.
    expect(await list(named("GT004", "GT0004"))).toMatchObject({ labels: [{ deviceId: "GT004" }], missing: ["GT0004"] });
    expect((await list(named("GT004"), stranger)).missing).toEqual(["GT004"]);
    await expect(list(source, stranger)).rejects.toMatchObject({ code: "not_found" });
    await releaseDeviceIds({ ctx: ctx(staff), input: { blockId: block.id } });
    await expect(list(source)).rejects.toMatchObject({ code: "conflict" });
  });

  test("who may print nowhere is told so", async () => {
    const viewer = actorWith("viewer", farmId);
    for (const source of [named("MM001"), { kind: "filter", filter: deviceFilterSchema.parse({}) }])
      await expect(list(source, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(list({ kind: "devices", deviceIds: [] })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("letters that the fonts do not have are named", async () => {
    expect((await list(named("GT001", "MM001"))).labels.map((label) => label.unprintable)).toEqual(["🐄", ""]);
  });
});

describe("making labels", () => {
  const make = (input: unknown, actor: UserActor = staff) => makeLabelFile({ ctx: ctx(actor, new Date("2026-06-01T08:00:00Z")), input });

  test("a PDF whose codes lead back to the devices, noted in the log and the audit", async () => {
    const file = await make({ ...job(named("MM002", "MM001")), format: "pdf" });
    expect(file).toMatchObject({ name: "labels-l7160-2026-06-01.pdf", contentType: "application/pdf" });
    const [page] = await pagesOf(file.content, 203);
    expect(new Set(await codesIn(page!))).toEqual(new Set(["SMARTDAIRY:MM001:milk_meter:", "SMARTDAIRY:MM002:milk_meter:LF-2"]));
    expect(page!.text).toContain("স্টল ১");
    expect((await prints()).prints).toMatchObject([
      {
        method: "pdf",
        stock: "Avery L7160",
        template: "full",
        devices: 2,
        labels: 2,
        reprints: 0,
        firstId: "MM002",
        lastId: "MM001",
        printedBy: "Kim Fitter",
        canReprint: true,
      },
    ]);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { action: "label.printed", farmId } });
    expect(event.after).toEqual({ method: "pdf", stock: "l7160", template: "full", copies: 1, devices: 2, reprints: 0 });
  });

  test("a second time is a reprint, by the log as well, and the preview says when the first was", async () => {
    await make({ ...job(named("MM001"), { copies: 3 }), format: "pdf" });
    await recordPrint({ ctx: ctx(staff, new Date("2026-06-02T08:00:00Z")), input: job(named("MM001", "MM002")) });
    const { prints: log, total } = await prints();
    expect(log).toMatchObject([
      { method: "print", devices: 2, reprints: 1 },
      { method: "pdf", devices: 1, labels: 3, reprints: 0 },
    ]);
    expect(total).toBe(2);
    expect((await prints({ deviceId: "MM002" })).prints).toHaveLength(1);
    expect((await list(named("MM001"))).labels[0]!.lastPrintedAt).toEqual(new Date("2026-06-02T08:00:00Z"));
    expect(await ids({ kind: "reprint", printId: log[0]!.id })).toEqual(["MM001", "MM002"]);
    await expect(list({ kind: "reprint", printId: log[0]!.id }, stranger)).rejects.toMatchObject({ code: "not_found" });
  });

  test("one log row a farm, each seen by its own people only", async () => {
    const both = actorWith("farm_manager", farmId, otherFarmId);
    await make({ ...job(named("MM001", "MM900")), format: "pdf" }, both);
    expect((await prints()).prints.map((print) => [print.farm.name, print.firstId])).toEqual([["Nordhof", "MM001"]]);
    expect((await prints({}, stranger)).prints.map((print) => [print.farm.name, print.firstId])).toEqual([["Their farm", "MM900"]]);
    expect((await prints({ farmIds: [otherFarmId] })).total).toBe(0);
    expect((await prints({}, actorWith("viewer", farmId))).prints).toMatchObject([{ canReprint: false }]);
  });

  test("what cannot be made is refused by name and notes nothing", async () => {
    const refused: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ ...job(named("MM001")), format: "zpl" }, { fields: { stock: expect.stringContaining("rolls") as string } }],
      [
        { ...job(named("MM001"), { stock: "l9999" }), format: "pdf" },
        { code: "invalid_input", fields: { stock: "There is no such label stock" } },
      ],
      [{ ...job(named("MM001"), { offsetXMm: 11 }), format: "pdf" }, { code: "invalid_input" }],
      [{ ...job(named("MM999")), format: "pdf" }, { code: "conflict" }],
      [{ ...job(named("MM001")), format: "gif" }, { code: "invalid_input" }],
    ];
    for (const [input, error] of refused) await expect(make(input)).rejects.toMatchObject(error);
    await expect(recordPrint({ ctx: ctx(stranger), input: job(named("MM001")) })).rejects.toMatchObject({ code: "conflict" });
    expect(await database.db.labelPrint.count()).toBe(0);
  });

  test("more than one print takes is refused before anything is drawn", async () => {
    await database.db.$executeRaw`
      INSERT INTO device (id, device_id, name, type, farm_id, updated_at)
      SELECT gen_random_uuid(), 'ZL' || n, 'Device ' || n, 'gate', ${farmId}::uuid, now() FROM generate_series(10000, ${10_000 + MAX_LABELS}) AS n`;
    await database.db.$executeRaw`INSERT INTO device_state (device_key) SELECT id FROM device WHERE device_id LIKE 'ZL%'`;
    const source = { kind: "filter", filter: deviceFilterSchema.parse({}) };
    const found = await list(source);
    expect([found.labels.length, found.isTooMany]).toEqual([MAX_LABELS, true]);
    await expect(make({ ...job(source), format: "pdf" })).rejects.toMatchObject({
      fields: { source: expect.stringContaining("2,000") as string },
    });
    const some = named(...Array.from({ length: 300 }, (_, n) => `ZL${10_000 + n}`));
    await expect(make({ ...job(some, { copies: 8 }), format: "pdf" })).rejects.toMatchObject({
      fields: { copies: expect.stringContaining("2,000") as string },
    });
  });
});

test("no secret is on a label, in its preview or in its files", async () => {
  const answers = [
    JSON.stringify(await list(named("MM001", "MM002"))),
    (
      await makeLabelFile({ ctx: ctx(staff), input: { ...job(named("MM001"), { stock: "roll-50x30" }), format: "zpl" } })
    ).content.toString(),
    (await makeLabelFile({ ctx: ctx(staff), input: { ...job(named("MM001")), format: "pdf" } })).content.toString("latin1"),
  ];
  for (const { password } of ours) for (const answer of answers) expect(answer).not.toContain(password);
  const [page] = await pagesOf((await makeLabelFile({ ctx: ctx(staff), input: { ...job(named("MM001")), format: "pdf" } })).content, 203);
  for (const code of await codesIn(page!)) expect(code).toMatch(/^SMARTDAIRY:[A-Z]{2}\d{3,6}:[a-z_]+:[^:]*$/);
});
