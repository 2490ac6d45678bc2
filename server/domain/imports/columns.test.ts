import { describe, expect, test } from "vitest";
import { IMPORT_FIELD_FACTS, IMPORT_FIELDS } from "./fields";
import { ImportReader } from "./import-reader";
import { columnKey, mappingFaults, matchColumns } from "./match-columns";
import { readCells, type RowCells } from "./read-cells";
import { templateText } from "./template";

describe("which column holds what", () => {
  test.each([
    ["device_id", "device_id"],
    ["Device ID", "device_id"],
    ["  Geräte-ID ", "device_id"],
    ["Type", "device_type"],
    ["Farm", "farm_code"],
    ["Serial No.", "serial_number"],
    ["Seriennummer", "serial_number"],
    ["MAC", "mac_address"],
    ["location_description", "location"],
    ["Standort", "location"],
    ["Gruppe", "group"],
    ["Power", "power_source"],
    ["Connection", "connection_type"],
    ["Last calibration", "last_calibration_date"],
    ["Nächste Wartung", "next_maintenance_date"],
    ["Stallfarbe", null],
    ["__proto__", null],
    ["constructor", null],
    ["", null],
  ])("%s → %s", (header, field) => {
    expect(matchColumns([header])).toEqual([field]);
  });

  test("no two fields share a name", () => {
    const keys = IMPORT_FIELDS.flatMap((field) => [
      ...new Set([field, IMPORT_FIELD_FACTS[field].label, ...IMPORT_FIELD_FACTS[field].synonyms].map(columnKey)),
    ]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("what somebody chose before comes first, also to leave a column out", () => {
    const remembered = new Map([
      ["stallfarbe", "location" as const],
      ["notes", null],
    ]);
    expect(matchColumns(["device_id", "Stallfarbe", "Notes"], remembered)).toEqual(["device_id", "location", null]);
  });

  test("two columns for one field are nobody's guess", () => {
    const header = ["device_id", "name", "Bezeichnung", "type"];
    const mapping = matchColumns(header);
    expect(mapping).toEqual(["device_id", null, null, "device_type"]);
    expect(mappingFaults(header, mapping, { creates: true })).toEqual([
      { message: "Columns 2 and 3 are both called like “Name”. Choose the one that is meant.", columns: [1, 2] },
    ]);
    expect(mappingFaults(header, ["device_id", "name", "name", "device_type"], { creates: false })).toEqual([
      { message: "Columns 2 and 3 are both “Name”. Choose one.", columns: [1, 2] },
    ]);
  });

  test("an update needs the ID only, new devices a name and a type too", () => {
    expect(mappingFaults(["device_id"], ["device_id"], { creates: false })).toEqual([]);
    expect(mappingFaults(["a"], [null], { creates: true }).map(({ message }) => message)).toEqual([
      "No column holds the device ID. Choose which one does, or add it to the file.",
      "No column holds the name. Choose which one does, or add it to the file.",
      "No column holds the device type. Choose which one does, or add it to the file.",
    ]);
  });
});

describe("cells", () => {
  test.each<[string, RowCells, object]>([
    ["IDs in lower case", { device_id: "mm101" }, { deviceId: "MM101" }],
    ["types by value, label, plural and prefix", { device_type: "Milk meters" }, { type: "milk_meter" }],
    ["types by prefix", { device_type: "ts" }, { type: "temperature" }],
    ["farm codes in any case", { farm_code: "nord" }, { farmCode: "NORD" }],
    ["MAC addresses in any spelling", { mac_address: "024a.1b00.3c7f" }, { macAddress: "02:4A:1B:00:3C:7F" }],
    ["power in words", { power_source: "Mains power" }, { powerSource: "mains" }],
    ["Wi-Fi in words", { connection_type: "WLAN" }, { connectionType: "wifi" }],
    [
      "days as they are written",
      { last_calibration_date: "2026-3-9", next_maintenance_date: "01.12.2026" },
      { lastCalibrationDate: "2026-03-09", nextMaintenanceDate: "2026-12-01" },
    ],
    ["tags once each", { tags: "trial| left side |trial; wet" }, { tags: ["trial", "left side", "wet"] }],
    ["a formula that our export has disarmed", { name: "'=Box 3" }, { name: "=Box 3" }],
    ["an apostrophe that belongs there", { name: "'t Hof" }, { name: "'t Hof" }],
  ])("%s", (_, cells, values) => {
    expect(readCells(cells)).toEqual({ values, issues: [] });
  });

  test.each<[keyof RowCells, string, RegExp]>([
    ["device_id", "MM1", /Two letters, then three to six digits/],
    ["device_id", "MM#01", /Two letters/],
    ["name", "a\u0007b", /cannot be shown/],
    ["name", "a\u202eb", /cannot be shown/],
    ["name", "x".repeat(121), /At most 120/],
    ["name", "x".repeat(2_001), /2,001 characters/],
    ["device_type", "tractor", /no device type “tractor”/],
    ["mac_address", "01:00:5E:00:00:01", /no MAC address of a device/],
    ["mac_address", "02:4A:1B", /no MAC address/],
    ["serial_number", "1.23457E+12", /spreadsheet has shortened/],
    ["tags", Array.from({ length: 31 }, (_, index) => `t${index}`).join("|"), /31 tags/],
    ["power_source", "steam", /no power source/],
    ["connection_type", "pigeon", /no connection/],
    ["last_calibration_date", "03/04/2026", /different days in different countries/],
    ["last_calibration_date", "2026-02-30", /no day between/],
    ["next_maintenance_date", "tomorrow", /no day between/],
    ["calibration_interval_days", "0", /no number of days/],
    ["calibration_interval_days", "4000", /no number of days/],
    ["calibration_interval_days", "1.5", /no number of days/],
    ["location", "a\nb", /cannot be shown/],
  ])("%s: %s is wrong, and why", (field, cell, reason) => {
    const { values, issues } = readCells({ [field]: cell });
    expect(values).toEqual({});
    expect(issues).toEqual([{ field, reason: expect.stringMatching(reason) as string, mend: expect.stringMatching(/.{5}/) as string }]);
  });
});

test("the template names its columns, shows what is allowed, and registers nobody", () => {
  const fields = ["device_id", "name", "device_type", "mac_address"] as const;
  const text = templateText(fields);
  const reader = new ImportReader();
  expect(() => [...reader.push(new TextEncoder().encode(text)), ...reader.end()]).toThrow(/holds no devices/);
  expect(reader.head && matchColumns(reader.head.header)).toEqual(fields);
  expect(text).toContain("milk_meter (Milk meter)");
  expect(text.startsWith("\ufeff")).toBe(true);
});

test("each example is right", () => {
  const cells = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, IMPORT_FIELD_FACTS[field].example]));
  const { values, issues } = readCells(cells);
  expect(issues).toEqual([]);
  expect(Object.keys(values)).toHaveLength(IMPORT_FIELDS.length);
});
