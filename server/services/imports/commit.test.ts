import { beforeEach, describe, expect, test } from "vitest";
import { matchColumns } from "@/server/domain/imports/match-columns";
import { testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { HEADER, ImportDesk, importer, inPieces, meters, useImportDesk } from "@/server/testing/imports";
import { checkImport } from "./check-import";
import { commitImport } from "./commit-import";
import { receiveFile } from "./receive-file";
import { workOnImports } from "./work-on-imports";

const database = useTestDatabase();
const { farm, desk, settings } = useImportDesk(database, "farm_manager");

const commit = (id: string, previewHash: string | null) => commitImport({ ctx: desk.ctx, input: { id, previewHash } });

describe("what was previewed is imported", () => {
  test("new devices have everything that registering one by one gives them", async () => {
    const { db } = database;
    const group = await db.deviceGroup.create({ data: { name: "Parlour", code: `P-${farm.code}`, farmId: farm.id } });
    await db.healthRule.create({ data: { groupId: group.id, offlineWindowSeconds: 90, updatedAt: new Date() } });
    await db.calibrationInterval.deleteMany();
    await db.calibrationInterval.create({ data: { deviceType: "milk_meter", days: 365 } });
    const tag = await db.deviceTag.create({ data: { name: `Trial ${farm.code}` } });
    const view = await desk.run(
      `${HEADER}MM001,Stall 1,milk_meter,S1,024a.1b00.3c7f,parlour,${tag.name}\nMM002,Stall 2,milk_meter\n`,
      settings,
    );
    expect(view).toMatchObject({
      state: "done",
      progress: 1,
      result: { created: 2, updated: 0, unchanged: 0, skipped: 0, errors: 0 },
      credentials: "none",
    });
    const device = await db.device.findUniqueOrThrow({
      where: { deviceId: "MM001" },
      include: { state: true, tags: true, credentials: true },
    });
    expect(device).toMatchObject({
      name: "Stall 1",
      farmId: farm.id,
      groupId: group.id,
      lifecycle: "draft",
      provisioningMethod: "csv_import",
      macAddress: "02:4A:1B:00:3C:7F",
      offlineWindowSeconds: 90,
      calibrationStatus: "due",
      powerSource: "battery",
      version: 1,
      tags: [{ name: tag.name }],
      credentials: [],
      state: { healthStatus: "unknown" },
    });
    const audit = await db.auditEvent.findMany({ where: { farmId: farm.id }, orderBy: { seq: "asc" } });
    expect(audit.map(({ action, subjectId, actorId }) => [action, subjectId, actorId])).toEqual([
      ["import.started", view.id, desk.actor.userId],
      ["device.registered", "MM001", desk.actor.userId],
      ["device.registered", "MM002", desk.actor.userId],
    ]);
    const changes = await db.changeFeed.findMany({ where: { farmIds: { has: farm.id } } });
    expect(new Set(changes.map(({ topic }) => topic))).toEqual(new Set(["imports", "farms", "devices", "maintenance"]));
  });

  test("an update writes what differs, and empty cells nothing", async () => {
    const { db } = database;
    await testDevice(db, { farmId: farm.id, deviceId: "MM001", name: "Old", serialNumber: "S1", location: "Barn 1" });
    const before = await db.device.findUniqueOrThrow({ where: { deviceId: "MM001" }, include: { credentials: true } });
    const view = await desk.run("device_id,name,location,serial_number\nMM001,New,,\nMM002,x,y,z\n", { mode: "update" });
    expect(view.result).toEqual({ created: 0, updated: 1, unchanged: 0, skipped: 1, errors: 0 });
    const { updatedAt: _, ...after } = await db.device.findUniqueOrThrow({ where: { deviceId: "MM001" }, include: { credentials: true } });
    expect(after).toEqual({ ...before, name: "New", version: 2, updatedAt: undefined });
    const audit = await db.auditEvent.findFirst({ where: { farmId: farm.id, action: "device.edited" } });
    expect(audit).toMatchObject({ before: { name: "Old" }, after: { name: "New", importId: view.id } });
  });

  test("only with the preview's hash, once, and a repeat is harmless", async () => {
    const { id, previewHash } = await desk.preview(HEADER + meters(3), settings);
    await expect(commit(id, "0".repeat(64))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/preview has changed/) as string,
    });
    await Promise.all([commit(id, previewHash), commit(id, previewHash)]);
    await workOnImports(database.db);
    await commit(id, previewHash);
    await workOnImports(database.db);
    expect(await database.db.device.count()).toBe(3);
    expect((await desk.get(id)).result).toMatchObject({ created: 3 });
  });

  test("all or nothing begins with no error, leaving out does", async () => {
    const content = `${HEADER}MM001,a,milk_meter\nMM002,b,tractor\n`;
    const strict = await desk.preview(content, settings);
    await expect(commit(strict.id, strict.previewHash)).rejects.toMatchObject({
      message: expect.stringMatching(/1 row is wrong/) as string,
    });
    expect(await database.db.device.count()).toBe(0);
    expect((await desk.run(content, { ...settings, onError: "skip" })).result).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      errors: 1,
    });
  });

  test("nothing to import is said", async () => {
    await testDevice(database.db, { farmId: farm.id, deviceId: "MM001", name: "a" });
    const { id, previewHash } = await desk.preview(`${HEADER}MM001,a,milk_meter\n`, { ...settings, mode: "update" });
    await expect(commit(id, previewHash)).rejects.toMatchObject({ message: expect.stringMatching(/nothing to import/) as string });
  });

  test("a fixed number of statements for a batch, however many rows", async () => {
    const few = await desk.preview(HEADER + meters(10), { ...settings, issueCredentials: true });
    await commit(few.id, few.previewHash);
    const forFew = await countStatements(() => workOnImports(database.db, { batches: 1 }));
    await workOnImports(database.db);
    const many = await desk.preview(HEADER + meters(200, 101), { ...settings, issueCredentials: true });
    await commit(many.id, many.previewHash);
    expect(await countStatements(() => workOnImports(database.db, { batches: 1 }))).toBe(forFew);
  });
});

describe("what happens between preview and import", () => {
  const races = {
    "an ID is taken": () => testDevice(database.db, { farmId: farm.id, deviceId: "MM002" }),
    "a serial number is taken": () => testDevice(database.db, { farmId: farm.id, deviceId: "ZZ002", serialNumber: "S2" }),
    "a MAC address is taken": () => testDevice(database.db, { farmId: farm.id, deviceId: "ZZ002", macAddress: "02:00:00:00:00:02" }),
    "the ID is reserved for another farm": async () => {
      const { id: farmId } = await testFarm(database.db);
      const block = { farmId, type: "milk_meter", prefix: "MM", firstNumber: 2, lastNumber: 2, purpose: "labels" } as const;
      await database.db.deviceIdBlock.create({ data: { ...block, reservedAt: new Date() } });
    },
    "the group is archived": () => database.db.deviceGroup.updateMany({ where: { farmId: farm.id }, data: { active: false } }),
    "the tag is deleted": () => database.db.deviceTag.deleteMany({ where: { name: `Wet ${farm.code}` } }),
  };
  const content = () =>
    `${HEADER}MM001,a,milk_meter\nMM002,b,milk_meter,S2,02:00:00:00:00:02,P-${farm.code},Wet ${farm.code}\nMM003,c,milk_meter\n`;

  beforeEach(async () => {
    await database.db.deviceGroup.create({ data: { name: "Parlour", code: `P-${farm.code}`, farmId: farm.id } });
    await database.db.deviceTag.create({ data: { name: `Wet ${farm.code}` } });
  });

  test.each(Object.entries(races))("%s: only that row fails, and says so", async (_, race) => {
    const { id, previewHash } = await desk.preview(content(), { ...settings, onError: "skip" });
    await race();
    await commit(id, previewHash);
    await workOnImports(database.db);
    expect((await desk.get(id)).result).toMatchObject({ created: 2, errors: 1 });
    expect((await desk.rows(id)).map(({ verdict }) => verdict)).toEqual(["create", "error", "create"]);
  });

  test.each(Object.entries(races))("%s: all or nothing leaves nothing", async (_, race) => {
    const { id, previewHash } = await desk.preview(content(), settings);
    await race();
    await commit(id, previewHash);
    await workOnImports(database.db);
    expect(await desk.get(id)).toMatchObject({
      state: "failed",
      failure: expect.stringMatching(/^Row 2: .*nothing of the file is imported/) as string,
    });
    expect(await database.db.device.count({ where: { provisioningMethod: "csv_import" } })).toBe(0);
  });

  test("all or nothing takes back what earlier batches wrote", async () => {
    const { db } = database;
    await testDevice(db, { farmId: farm.id, deviceId: "AA001", name: "Before" });
    const { id, previewHash } = await desk.preview(`${HEADER}AA001,After,milk_meter\n${meters(250)}`, {
      ...settings,
      mode: "create_update",
      issueCredentials: true,
    });
    await testDevice(db, { farmId: farm.id, deviceId: "MM00250" });
    await commit(id, previewHash);
    await workOnImports(db, { batches: 2, rows: 100 });
    expect(await db.device.count()).toBe(201);
    await workOnImports(db);
    expect(await desk.get(id)).toMatchObject({ state: "failed", undo: { removed: 199, restored: 1, kept: 0 } });
    expect(await db.device.findMany({ select: { deviceId: true, name: true }, orderBy: { deviceId: "asc" } })).toMatchObject([
      { name: "Before" },
      { deviceId: "MM00250" },
    ]);
    expect(await db.importSecret.count()).toBe(0);
  });

  test("all or nothing breaks while the batch before and the one after are under way", async () => {
    const { db } = database;
    const { id, previewHash } = await desk.preview(HEADER + meters(450), settings);
    await testDevice(db, { farmId: farm.id, deviceId: "MM00250" });
    await commit(id, previewHash);
    while ((await workOnImports(db, { rows: 50 })) > 0);
    const { state, undo, failure } = await desk.get(id);
    expect({ state, kept: undo.kept }).toEqual({ state: "failed", kept: 0 });
    expect(failure).toMatch(/^Row 250: /);
    expect(await db.device.findMany({ select: { deviceId: true } })).toEqual([{ deviceId: "MM00250" }]);
  });

  test("a device that somebody edits is not overwritten", async () => {
    const { db } = database;
    const { id: key } = await testDevice(db, { farmId: farm.id, deviceId: "MM001", name: "Old" });
    const { id, previewHash } = await desk.preview("device_id,name\nMM001,New\n", { mode: "update", onError: "skip" });
    await db.device.update({ where: { id: key }, data: { location: "Moved", version: { increment: 1 } } });
    await commit(id, previewHash);
    await workOnImports(db);
    expect(await desk.rows(id)).toMatchObject([
      { verdict: "error", issues: [{ reason: "Somebody changed the device after the preview" }] },
    ]);
    expect(await db.device.findUniqueOrThrow({ where: { id: key } })).toMatchObject({ name: "Old", location: "Moved" });
  });

  test("who loses the farm meanwhile writes nothing there", async () => {
    const { id, previewHash } = await desk.preview(HEADER + meters(2), { ...settings, onError: "skip" });
    await commit(id, previewHash);
    await database.db.membership.deleteMany({ where: { userId: desk.actor.userId } });
    await workOnImports(database.db);
    expect(await database.db.device.count()).toBe(0);
  });
});

describe("the work goes on where it was left", () => {
  test("stopped after any batch, by anybody, each row is written once", async () => {
    const { db } = database;
    const { id: importId, header } = await desk.receive(HEADER + meters(450));
    await checkImport({ ctx: desk.ctx, input: { id: importId, mapping: matchColumns(header), ...settings } });
    const progress: number[] = [];
    while ((await desk.get(importId)).state === "reading") {
      await workOnImports(db, { batches: 1, rows: 100 });
      progress.push((await desk.get(importId)).progress);
    }
    const { verdicts, previewHash } = await desk.get(importId);
    expect(verdicts).toMatchObject({ create: 450, error: 0 });
    await commit(importId, previewHash);
    while ((await desk.get(importId)).state === "importing")
      await Promise.all([workOnImports(db, { batches: 1, rows: 100 }), workOnImports(db, { batches: 1, rows: 100 })]);
    expect((await desk.get(importId)).result).toMatchObject({ created: 450, errors: 0 });
    expect(await db.device.count()).toBe(450);
    expect(await db.auditEvent.count({ where: { farmId: farm.id, action: "device.registered" } })).toBe(450);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(4);
  });

  test("a small import does not wait for a large one", async () => {
    const { db } = database;
    const large = await desk.receive(HEADER + meters(2_000));
    await checkImport({ ctx: desk.ctx, input: { id: large.id, mapping: matchColumns(large.header), ...settings } });
    await workOnImports(db, { batches: 1, rows: 100 });
    const small = await desk.receive(HEADER + meters(10, 50_000));
    await checkImport({ ctx: desk.ctx, input: { id: small.id, mapping: matchColumns(small.header), ...settings } });
    await db.$executeRaw`UPDATE import_job SET worked_at = now() - interval '1 minute' WHERE id = ${small.id}::uuid`;
    await workOnImports(db, { batches: 3, rows: 100 });
    expect([(await desk.get(large.id)).state, (await desk.get(small.id)).state]).toEqual(["reading", "ready"]);
  });

  test("the same request twice is one import", async () => {
    const send = () =>
      receiveFile({ ctx: desk.ctx, input: { fileName: "a.csv", requestKey: "key-1" }, chunks: inPieces(HEADER + meters(1)) });
    const [first, second] = await Promise.all([send(), send()]);
    expect(first.id).toBe(second.id);
    expect((await send()).id).toBe(first.id);
    const other = new ImportDesk(database, await importer(database.db, "farm_manager", farm.id));
    const theirs = await receiveFile({
      ctx: other.ctx,
      input: { fileName: "a.csv", requestKey: "key-1" },
      chunks: inPieces(HEADER + meters(1)),
    });
    expect(theirs.id).not.toBe(first.id);
  });
});
