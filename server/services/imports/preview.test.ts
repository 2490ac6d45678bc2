import { readdir } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { ImportDesk, importer, useImportDesk } from "@/server/testing/imports";
import { checkImport } from "./check-import";
import { commitImport } from "./commit-import";
import { discardImport } from "./discard-import";
import { listImports } from "./get-import";
import { listImportRows } from "./list-rows";
import { mendCells } from "./mend-cells";
import { sweepImports } from "./sweep-imports";
import { workOnImports } from "./work-on-imports";

const database = useTestDatabase();
const { dataFolder, farm, desk } = useImportDesk(database, "farm_manager");

const HEADER = "device_id,name,device_type,farm_code,serial_number,mac_address,location\n";
let foreign: { id: string; code: string };

beforeEach(async () => {
  foreign = await testFarm(database.db);
});

const verdictsOf = async (id: string) =>
  (await desk.rows(id)).map(({ row, verdict, reason, issues }) => [row, verdict, reason ?? issues.map((issue) => issue.reason).join("; ")]);

describe("a file on its way in", () => {
  test("is read to its end, kept by its hash, and shows its head", async () => {
    const view = await desk.receive(`${HEADER}MM001,Stall 1,milk_meter\n\nMM002,Stall 2,milk_meter\n`);
    expect(view).toMatchObject({
      state: "uploaded",
      total: 2,
      delimiter: ",",
      header: HEADER.trim().split(","),
      sample: [
        ["MM001", "Stall 1", "milk_meter"],
        ["MM002", "Stall 2", "milk_meter"],
      ],
    });
    expect(await readdir(path.join(dataFolder, "imports"))).toContain(`${view.fileSha256}.csv`);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["empty", "", /is empty/],
    ["header only", HEADER, /holds no devices/],
    ["Windows-1252", Uint8Array.from([...Buffer.from(`${HEADER}MM001,K`), 0xe4]), /Line 2: the file is not UTF-8/],
    ["UTF-16", Buffer.from(`\ufeff${HEADER}MM001,a`, "utf16le"), /is UTF-16/],
    ["NUL", `${HEADER}MM001,a\0b\n`, /Line 2: the file holds a NUL byte/],
    ["an open quote", `${HEADER}MM001,"a\n`, /Line 2: a quote is opened and never closed/],
    ["a cell of 2 MB", `${HEADER}MM001,${"x".repeat(2_000_000)}\n`, /Line 2: the row is longer/],
    ["10,000 columns", `${"c,".repeat(9_999)}c\nx\n`, /10,000 columns, at most 100/],
    ["1,000,001 rows", `device_id\n${"MM001\n".repeat(1_000_001)}`, /more than 1,000,000 rows/],
  ])("%s: a clear answer, and nothing is kept", async (_, content, message) => {
    const before = await readdir(path.join(dataFolder, "imports"));
    const error: unknown = await desk.receive(content).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "invalid_input", message: expect.stringMatching(message) as string });
    expect(await database.db.importJob.count()).toBe(0);
    expect(await database.db.importRow.count()).toBe(0);
    expect(await readdir(path.join(dataFolder, "imports"))).toEqual(before);
  });

  test("headers named like parts of objects, doubled headers", async () => {
    const view = await desk.preview("__proto__,constructor,device_id,name,type\nx,y,MM001,Stall,gate\n", { defaultFarmId: farm.id });
    expect(view.mapping).toEqual([null, null, "device_id", "name", "device_type"]);
    expect(view.verdicts).toMatchObject({ create: 1 });
    await expect(desk.preview("device_id,name,name,type\nMM001,a,b,gate\n")).rejects.toMatchObject({
      code: "invalid_input",
      fields: { mapping: expect.stringMatching(/Columns 2 and 3/) as string },
    });
  });

  test("what nobody imports is forgotten after a day, its rows and its bytes too", async () => {
    const { fileSha256 } = await desk.preview(`${HEADER}MM001,a,gate,${farm.code}\n`);
    await sweepImports(database.db, new Date());
    expect(await database.db.importRow.count()).toBe(1);
    await sweepImports(database.db, new Date(Date.now() + 25 * 3_600_000));
    expect([await database.db.importJob.count(), await database.db.importRow.count()]).toEqual([0, 0]);
    expect(await readdir(path.join(dataFolder, "imports"))).not.toContain(`${fileSha256}.csv`);
  });

  test("can be put aside", async () => {
    const { id } = await desk.preview(`${HEADER}MM001,a,gate,${farm.code}\n`);
    await discardImport({ ctx: desk.ctx, input: { id } });
    expect(await listImports({ ctx: desk.ctx, input: {} })).toEqual({ imports: [], nextCursor: null });
  });
});

describe("the verdict on each row", () => {
  test("farms of others, taken IDs, serial numbers and MACs, doubles in the file; nothing is written", async () => {
    const { db } = database;
    await testDevice(db, { farmId: farm.id, deviceId: "MM001", macAddress: "02:00:00:00:00:01" });
    await testDevice(db, { farmId: foreign.id, deviceId: "MM009", serialNumber: "S9" });
    await testDevice(db, { farmId: foreign.id, deviceId: "MM008", lifecycle: "decommissioned", macAddress: "02:00:00:00:00:08" });
    const { id, verdicts } = await desk.preview(
      HEADER +
        [
          "MM001,known,milk_meter",
          "MM009,on another farm,milk_meter",
          "MM100,new,milk_meter,,S100,02:00:00:00:00:0A",
          `MM101,foreign farm,milk_meter,${foreign.code}`,
          "MM102,taken MAC,milk_meter,,,02:00:00:00:00:01",
          "MM103,taken serial,milk_meter,,S9",
          "MM104,MAC of a retired device,milk_meter,,,02:00:00:00:00:08",
          "MM105,double MAC,milk_meter,,,02-00-00-00-00-0a",
          "MM106,double serial,milk_meter,,S100",
          "mm100,double ID,milk_meter",
          "MM107,surplus,milk_meter,,,,here,x",
        ].join("\n"),
      { defaultFarmId: farm.id },
    );
    expect(await verdictsOf(id)).toEqual([
      [1, "skip", "Is registered already"],
      [2, "error", "MM009 is in use on another farm"],
      [3, "create", ""],
      [4, "error", `There is no farm “${foreign.code}” among yours`],
      [5, "error", "This MAC address belongs to MM001"],
      [6, "error", "This serial number belongs to a device on another farm"],
      [7, "create", ""],
      [8, "error", "Row 3 has the same MAC address"],
      [9, "error", "Row 3 has the same manufacturer and serial number"],
      [10, "error", "Row 3 has the same device ID"],
      [11, "error", "The row has 8 cells, the header 7"],
    ]);
    expect(verdicts).toEqual({ create: 2, update: 0, unchanged: 0, skip: 1, error: 8 });
    expect(await db.device.count()).toBe(3);
  });

  test("IDs that are reserved: for another farm, for another type, for this one", async () => {
    const { db } = database;
    const reserve = (farmId: string, prefix: string, number: number, type: "milk_meter" | "collar") =>
      db.deviceIdBlock.create({
        data: { farmId, type, prefix, firstNumber: number, lastNumber: number + 9, purpose: "labels", reservedAt: new Date() },
      });
    await reserve(foreign.id, "MM", 500, "milk_meter");
    await reserve(farm.id, "MM", 600, "collar");
    await reserve(farm.id, "MM", 700, "milk_meter");
    const { id } = await desk.preview(`${HEADER}MM505,a,milk_meter\nMM609,b,milk_meter\nMM700,c,milk_meter`, { defaultFarmId: farm.id });
    expect(await verdictsOf(id)).toEqual([
      [1, "error", "MM505 is reserved for another farm, choose another ID"],
      [2, "error", "MM609 is reserved for activity collars, choose another ID"],
      [3, "create", ""],
    ]);
  });

  test("doubles are found over any distance", async () => {
    const lines = Array.from({ length: 1_200 }, (_, index) => `MM${String(index + 1).padStart(4, "0")},Stall,milk_meter`);
    const { id, verdicts } = await desk.preview(HEADER + [...lines, "MM0001,again,milk_meter"].join("\n"), { defaultFarmId: farm.id });
    expect(verdicts).toMatchObject({ create: 1_200, error: 1 });
    const { rows } = await listImportRows({ ctx: desk.ctx, input: { id, verdicts: ["error"] } });
    expect(rows).toMatchObject([{ row: 1_201, issues: [{ reason: "Row 1 has the same device ID" }] }]);
  });

  test("a role that may only look registers nothing", async () => {
    const viewer = new ImportDesk(database, await importer(database.db, "viewer", farm.id));
    await expect(viewer.receive(`${HEADER}MM001,a,gate`)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("other settings judge anew, and forget what was judged before", async () => {
    await testDevice(database.db, { farmId: farm.id, deviceId: "MM001", name: "Old" });
    const view = await desk.preview(`${HEADER}MM001,New,milk_meter\nMM002,New,milk_meter\n`, { defaultFarmId: farm.id });
    expect(view.verdicts).toMatchObject({ create: 1, skip: 1 });
    await checkImport({ ctx: desk.ctx, input: { id: view.id, mapping: view.mapping, mode: "create_update", defaultFarmId: null } });
    await workOnImports(database.db);
    expect(await verdictsOf(view.id)).toEqual([
      [1, "update", ""],
      [2, "error", "The row names no farm"],
    ]);
    expect((await desk.get(view.id)).previewHash).not.toBe(view.previewHash);
  });
});

describe("mending cells in the preview", () => {
  const preview = () =>
    desk.preview(`${HEADER}MM001,a,milk_meter,,S1\nMM001,b,milk_meter,,S1\nMM003,,tractor\n`, { defaultFarmId: farm.id });
  const mend = (id: string, ...cells: { row: number; field: string; value: string }[]) =>
    mendCells({ ctx: desk.ctx, input: { id, cells } });

  test("judges the row again, and the rows that wanted the same", async () => {
    const view = await preview();
    expect(view.verdicts).toMatchObject({ create: 1, error: 2 });
    expect((await mend(view.id, { row: 1, field: "device_id", value: "MM004" })).verdicts).toMatchObject({ create: 1, error: 2 });
    expect(await verdictsOf(view.id)).toEqual([
      [1, "create", ""],
      [2, "error", "Row 1 has the same manufacturer and serial number"],
      [3, "error", "There is no device type “tractor”; A new device needs a name"],
    ]);
    const mended = await mend(
      view.id,
      { row: 2, field: "serial_number", value: "" },
      { row: 3, field: "name", value: " c " },
      { row: 3, field: "device_type", value: "Gate" },
    );
    expect(mended).toMatchObject({ verdicts: { create: 3, error: 0 } });
    expect(mended.previewHash).not.toBe(view.previewHash);
    expect((await desk.rows(view.id))[2]?.cells).toEqual({ device_id: "MM003", name: "c", device_type: "Gate" });
  });

  test("what was looked at before the mending is not imported", async () => {
    const view = await preview();
    await mend(view.id, { row: 2, field: "device_id", value: "MM002" });
    await expect(commitImport({ ctx: desk.ctx, input: { id: view.id, previewHash: view.previewHash } })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("stays when the file is judged by other settings", async () => {
    const view = await preview();
    await mend(view.id, { row: 2, field: "device_id", value: "MM002" }, { row: 2, field: "serial_number", value: "" });
    await checkImport({ ctx: desk.ctx, input: { id: view.id, mapping: view.mapping, onError: "skip", defaultFarmId: farm.id } });
    await workOnImports(database.db);
    expect((await desk.get(view.id)).verdicts).toMatchObject({ create: 2, error: 1 });
  });

  test("a row that there is not", async () => {
    const view = await preview();
    await expect(mend(view.id, { row: 4, field: "name", value: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  });
});
