import fc from "fast-check";
import Papa from "papaparse";
import { beforeAll, expect, test } from "vitest";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { oracle, type OracleDevice, type OracleRow } from "@/server/testing/import-oracle";
import { useImportDesk } from "@/server/testing/imports";
import { commitImport } from "./commit-import";
import { obstacleOf } from "./commit-import";
import { workOnImports } from "./work-on-imports";

const database = useTestDatabase();
const { farm, desk } = useImportDesk(database, "farm_manager");

let foreignId: string;

beforeAll(async () => {
  foreignId = (await testFarm(database.db)).id;
});

// Few values, so that rows meet each other and the devices there are.
const ids = fc.constantFrom("MM001", "MM002", "MM003", "MM004", "MM005", "GT001");
const macs = fc.constantFrom("02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03");
const serials = fc.constantFrom("S1", "S2", "S3");
const orEmpty = (value: fc.Arbitrary<string>, weight = 2) =>
  fc.oneof({ weight, arbitrary: value }, { weight: 1, arbitrary: fc.constant("") });
const row: fc.Arbitrary<OracleRow> = fc.record({
  id: fc.oneof({ weight: 12, arbitrary: ids }, { weight: 1, arbitrary: fc.constantFrom("", "M1") }),
  name: orEmpty(fc.constantFrom("Stall 1", "Stall 2", '=cmd "x", y;\nz'.replace("\n", " ")), 5),
  type: fc.oneof(
    { weight: 8, arbitrary: fc.constant("milk_meter") },
    { weight: 2, arbitrary: fc.constantFrom("gate", "") },
    { weight: 1, arbitrary: fc.constant("tractor") },
  ),
  mac: fc.oneof(
    { weight: 3, arbitrary: fc.constant("") },
    { weight: 3, arbitrary: macs },
    { weight: 1, arbitrary: fc.constant("nonsense") },
  ),
  serial: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 2, arbitrary: serials }),
  location: orEmpty(fc.constantFrom("Barn", "Pasture"), 1),
});
const device: fc.Arbitrary<OracleDevice> = fc.record({
  deviceId: ids,
  name: fc.constantFrom("Stall 1", "Stall 9"),
  type: fc.constantFrom("milk_meter", "milk_meter", "gate"),
  mac: fc.option(macs),
  serial: fc.option(serials),
  location: fc.option(fc.constant("Barn")),
  isForeign: fc.constantFrom(false, false, false, true),
  isRetired: fc.constantFrom(false, false, false, true),
});
const herd = fc.uniqueArray(device, { selector: ({ deviceId }) => deviceId, maxLength: 4 }).filter((devices) =>
  (["mac", "serial"] as const).every((key) => {
    const values = devices.filter(({ isRetired }) => !isRetired).flatMap((one) => one[key] ?? []);
    return new Set(values).size === values.length;
  }),
);

async function place(devices: readonly OracleDevice[]): Promise<void> {
  await database.db.device.deleteMany();
  for (const { mac, serial, isForeign, isRetired, type, ...rest } of devices)
    await testDevice(database.db, {
      ...rest,
      type: type as "gate",
      macAddress: mac,
      serialNumber: serial,
      farmId: isForeign ? foreignId : farm.id,
      lifecycle: isRetired ? "decommissioned" : "active",
    });
}

/** Every device as it is, without what an undo may not turn back: versions and times of change. */
async function stored(): Promise<unknown[]> {
  const rows = await database.db.device.findMany({ include: { tags: true, credentials: true, state: true }, orderBy: { deviceId: "asc" } });
  return rows.map(({ version: _, updatedAt: __, ...rest }) => rest);
}

async function seen(): Promise<OracleDevice[]> {
  const rows = await database.db.device.findMany({ orderBy: { deviceId: "asc" } });
  return rows.map((one) => ({
    deviceId: one.deviceId,
    name: one.name,
    type: one.type,
    mac: one.macAddress,
    serial: one.serialNumber,
    location: one.location,
    isForeign: one.farmId === foreignId,
    isRetired: one.lifecycle === "decommissioned",
  }));
}

const byId = (devices: readonly OracleDevice[]) => devices.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1));

test("any file, any mode: counts and devices are those of the rules, and undoing gives everything back", { timeout: 240_000 }, async () => {
  let [written, undone] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      herd,
      fc.array(row, { minLength: 1, maxLength: 7 }),
      fc.constantFrom("create", "update", "create_update"),
      fc.boolean(),
      async (devices, rows, mode, allOrNothing) => {
        await place(devices);
        const before = await stored();
        // A row without anything is no row.
        const filled = rows.filter((cells) => Object.values(cells).some((cell) => cell !== ""));
        fc.pre(filled.length > 0);
        const content = Papa.unparse([
          ["device_id", "name", "device_type", "mac_address", "serial_number", "location"],
          ...filled.map((cells) => [cells.id, cells.name, cells.type, cells.mac, cells.serial, cells.location]),
        ]);
        const expected = oracle(devices, filled, mode, allOrNothing);
        const { id, previewHash } = await desk.preview(content, {
          mode,
          onError: allOrNothing ? "all_or_nothing" : "skip",
          defaultFarmId: farm.id,
        });
        expect(await stored()).toEqual(before);

        const job = await database.db.importJob.findUniqueOrThrow({ where: { id } });
        if (obstacleOf(job) === undefined) {
          await commitImport({ ctx: desk.ctx, input: { id, previewHash } });
          await workOnImports(database.db);
        }
        const view = await desk.get(id);
        expect(view.result).toEqual(expected.counts);
        expect(await seen()).toEqual(byId(expected.devices));
        const after = await stored();
        if (mode === "create") for (const one of before) expect(after).toContainEqual(one);
        if (view.state !== "done") return;
        written++;

        await desk.undo(id);
        expect(await stored()).toEqual(before);
        undone++;
      },
    ),
    { numRuns: Number(process.env.IMPORT_RUNS ?? 120) },
  );
  // The property would hold if nothing were ever imported.
  expect(written).toBeGreaterThan(20);
  expect(undone).toBe(written);
});
