import { expect, test } from "vitest";
import { testDevice } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { useImportDesk } from "@/server/testing/imports";
import { getUndoOutlook, undoImport } from "./undo-import";
import { workOnImports } from "./work-on-imports";

const database = useTestDatabase();
const { farm, desk } = useImportDesk(database, "field_staff");

const HEADER = "device_id,name,device_type,mac_address,location,group,tags\n";
const settings = {
  mode: "create_update",
  get defaultFarmId() {
    return farm.id;
  },
};

const outcomes = async (id: string) =>
  (await desk.rows(id)).map(({ deviceId, undo }) => [deviceId, undo?.outcome ?? null, undo?.notes.join("; ") ?? ""]);

test("created devices go, unless they have connected or something hangs on them", async () => {
  const { db } = database;
  const ids = ["MM001", "MM002", "MM003", "MM004", "MM005", "MM006"];
  const view = await desk.run(HEADER + ids.map((id) => `${id},Stall,milk_meter`).join("\n"), { ...settings, issueCredentials: true });
  const keyOf = async (deviceId: string) => (await db.device.findUniqueOrThrow({ where: { deviceId } })).id;
  await db.device.update({ where: { deviceId: "MM002" }, data: { lifecycle: "active", firstConnectedAt: new Date() } });
  await db.maintenanceRecord.create({ data: { deviceKey: await keyOf("MM003"), type: "repair", title: "Cable" } });
  await db.device.update({ where: { deviceId: "MM004" }, data: { lifecycle: "decommissioned" } });
  await db.device.update({ where: { deviceId: "MM005" }, data: { name: "Renamed", version: { increment: 1 } } });
  await db.device.delete({ where: { deviceId: "MM006" } });
  expect(await getUndoOutlook({ ctx: desk.ctx, input: { id: view.id } })).toEqual({ removable: 3, staying: 2, updated: 0 });
  expect(await desk.undo(view.id)).toMatchObject({ state: "undone", undo: { removed: 3, restored: 0, kept: 3 }, credentials: "waiting" });
  expect(await outcomes(view.id)).toEqual([
    ["MM001", "removed", ""],
    ["MM002", "kept", "Has connected since; it stays"],
    ["MM003", "kept", "Has maintenance on record; it stays"],
    ["MM004", "kept", "Was decommissioned since; it stays for the record"],
    ["MM005", "removed", ""],
    ["MM006", "removed", "Was gone already"],
  ]);
  expect(await db.deviceCredential.count()).toBe(3);
  expect(await db.importSecret.count()).toBe(0);
  const audit = await db.auditEvent.findMany({ where: { farmId: farm.id, action: "device.removed" } });
  expect(audit.map(({ subjectId }) => subjectId).sort()).toEqual(["MM001", "MM005"]);
});

test("changed cells go back where nobody has changed them since, the rest is listed", async () => {
  const { db } = database;
  const group = await db.deviceGroup.create({ data: { name: "New", code: `N-${farm.code}`, farmId: farm.id } });
  const old = await db.deviceGroup.create({ data: { name: "Old", code: `O-${farm.code}`, farmId: farm.id } });
  const tags = await Promise.all(["a", "b"].map((name) => db.deviceTag.create({ data: { name: `${name} ${farm.code}` } })));
  const device = (deviceId: string, mac: string) =>
    testDevice(db, {
      farmId: farm.id,
      deviceId,
      name: "Old",
      macAddress: `02:00:00:00:00:${mac}`,
      location: "Barn",
      groupId: old.id,
      tags: { connect: { id: tags[0]?.id } },
    });
  for (const [deviceId, mac] of [
    ["MM001", "01"],
    ["MM002", "02"],
    ["MM003", "03"],
  ] as const)
    await device(deviceId, mac);
  const state = () =>
    db.device.findMany({
      select: { deviceId: true, name: true, macAddress: true, location: true, groupId: true, tags: { select: { id: true } } },
      orderBy: { deviceId: "asc" },
    });
  const before = await state();
  const rows = ["1", "2", "3"].map((n) => `MM00${n},New,milk_meter,02:00:00:00:01:0${n},Pasture,${group.code},b ${farm.code}`);
  const view = await desk.run(HEADER + rows.join("\n"), settings);
  expect(view.result).toMatchObject({ updated: 3 });

  await db.device.update({ where: { deviceId: "MM002" }, data: { name: "Renamed", version: { increment: 1 } } });
  await testDevice(db, { farmId: farm.id, deviceId: "ZZ001", macAddress: "02:00:00:00:00:03" });
  expect(await desk.undo(view.id)).toMatchObject({ undo: { removed: 0, restored: 1, kept: 2 } });
  const after = (await state()).slice(0, 3);
  expect(after[0]).toEqual(before[0]);
  expect(after[1]).toEqual({ ...before[1], name: "Renamed" });
  expect(after[2]).toEqual({ ...before[2], macAddress: "02:00:00:00:01:03" });
  expect(await outcomes(view.id)).toEqual([
    ["MM001", "restored", ""],
    ["MM002", "partly_restored", "Name: somebody changed it since"],
    ["MM003", "partly_restored", "MAC address: another device has the former one by now"],
  ]);
});

test("an archived or deleted group takes nobody back", async () => {
  const { db } = database;
  const group = await db.deviceGroup.create({ data: { name: "New", code: `N-${farm.code}`, farmId: farm.id } });
  const old = await db.deviceGroup.create({ data: { name: "Old", code: `O-${farm.code}`, farmId: farm.id } });
  await testDevice(db, { farmId: farm.id, deviceId: "MM001", name: "Old", groupId: old.id });
  const view = await desk.run(`device_id,name,group\nMM001,New,${group.code}\n`, { ...settings, mode: "update" });
  await db.deviceGroup.delete({ where: { id: old.id } });
  await desk.undo(view.id);
  expect(await db.device.findUniqueOrThrow({ where: { deviceId: "MM001" } })).toMatchObject({ name: "Old", groupId: group.id });
});

test("is done once, only when the import is through, and goes on where it was left", async () => {
  const { db } = database;
  const content = HEADER + Array.from({ length: 240 }, (_, index) => `MM${String(index).padStart(4, "0")},Stall,milk_meter`).join("\n");
  const preview = await desk.preview(content, settings);
  await expect(undoImport({ ctx: desk.ctx, input: { id: preview.id } })).rejects.toMatchObject({ code: "conflict" });
  const view = await desk.run(content.replaceAll("MM", "AC").replaceAll("milk_meter", "collar"), settings);
  await undoImport({ ctx: desk.ctx, input: { id: view.id } });
  await workOnImports(db, { batches: 1, rows: 100 });
  expect(await db.device.count()).toBe(140);
  expect((await desk.get(view.id)).progress).toBeCloseTo(0.417, 2);
  while ((await desk.get(view.id)).state === "undoing")
    await Promise.all([workOnImports(db, { batches: 1, rows: 50 }), workOnImports(db, { batches: 1, rows: 50 })]);
  expect(await db.device.count()).toBe(0);
  expect((await desk.get(view.id)).undo).toEqual({ removed: 240, restored: 0, kept: 0 });
  await expect(undoImport({ ctx: desk.ctx, input: { id: view.id } })).rejects.toMatchObject({ code: "conflict" });
});
