import Papa from "papaparse";
import { beforeEach, expect, test } from "vitest";
import { DEVICE_COLUMNS, type DeviceColumn } from "@/server/domain/devices/list-vocabulary";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { exportDevices } from "./export-devices";

const database = useTestDatabase();
let north: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  north = (await testFarm(database.db, { name: "Nordhof" })).id;
});

async function exported(input: object = {}, columns: readonly DeviceColumn[] = ["farm", "location"], actor = actorWith("viewer", north)) {
  const chunks: string[] = [];
  for await (const chunk of exportDevices({ ctx: contextOf(database.db, actor), input, columns })) chunks.push(chunk);
  return { text: chunks.join(""), chunks };
}

const rowsOf = (text: string) => Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { skipEmptyLines: true }).data;

test("is what the list shows, in its order, on the caller's farms only", async () => {
  await testDevice(database.db, { farmId: north, deviceId: "MM002", name: 'Stall "2", left', location: "Parlour\u00e9" });
  await testDevice(database.db, { farmId: north, deviceId: "MM001", name: "Stall 1" });
  await testDevice(database.db, { farmId: (await testFarm(database.db)).id, deviceId: "MM003" });
  const { text } = await exported({ sort: [{ by: "deviceId", descending: true }] });
  expect(text.startsWith("\ufeffDevice ID,Name,State,Farm,Location\r\n")).toBe(true);
  expect(rowsOf(text).slice(1)).toEqual([
    ["MM002", 'Stall "2", left', "provisioned", "Nordhof", "Parlour\u00e9"],
    ["MM001", "Stall 1", "provisioned", "Nordhof", ""],
  ]);
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "=1,2"])("the name %s is text for a spreadsheet", async (name) => {
  await testDevice(database.db, { farmId: north, deviceId: "MM001", name, state: { signalStrength: -70 } });
  const [, row] = rowsOf((await exported({}, ["signal"])).text);
  expect(row).toEqual(["MM001", `'${name}`, "provisioned", "-70"]);
});

test("every column has its cell", async () => {
  await testDevice(database.db, {
    farmId: north,
    deviceId: "MM001",
    nextMaintenanceDate: new Date("2026-03-01"),
    state: { lastSeenAt: new Date("2026-01-02T03:04:05Z"), batteryLevel: 0, errorCount: 3 },
  });
  const [head, row] = rowsOf((await exported({}, DEVICE_COLUMNS)).text);
  const cell = (label: string) => row?.[head?.indexOf(label) ?? -1];
  expect(head).toHaveLength(DEVICE_COLUMNS.length + 3);
  expect([cell("Power"), cell("Errors"), cell("Next maintenance"), cell("Last seen")]).toEqual([
    "0",
    "3",
    "2026-03-01",
    "2026-01-02T03:04:05.000Z",
  ]);
});

test("thousands come in chunks and each once", async () => {
  await database.db.$executeRaw`
    WITH made AS (
      INSERT INTO device (id, device_id, name, type, farm_id, updated_at)
      SELECT gen_random_uuid(), 'ZZ' || lpad(n::text, 6, '0'), 'Device', 'milk_meter', ${north}::uuid, now() FROM generate_series(1, 2500) AS n RETURNING id)
    INSERT INTO device_state (device_key) SELECT id FROM made`;
  const { text, chunks } = await exported({ sort: [{ by: "name" }] });
  expect(chunks).toHaveLength(4);
  expect(new Set(rowsOf(text).map(([id]) => id)).size).toBe(2_501);
});
