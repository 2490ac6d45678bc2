import type { z } from "zod";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "../devices/device-type";
import { deviceIdSchema } from "../devices/device-id";
import { normalizeMacAddress } from "../devices/mac-address";
import { deviceInputSchema } from "../devices/schema";
import {
  CONNECTION_TYPE_LABELS,
  CONNECTION_TYPES,
  type ConnectionType,
  POWER_SOURCE_LABELS,
  POWER_SOURCES,
  type PowerSource,
} from "../devices/vocabulary";
import { isCalendarDay } from "../maintenance/calendar-day";
import { MAX_INTERVAL_DAYS } from "../maintenance/calibration";
import { lineOfText, optionalText } from "../text";
import { unescapeFormula } from "./csv-text";
import { IMPORT_FIELD_FACTS, type ImportField } from "./fields";
import { MAX_CELL_LENGTH } from "./limits";
import { columnKey, type ColumnMapping } from "./match-columns";
import type { FileRow } from "./import-reader";

/** The filled-in cells of a row as they stand in the file, by field. */
export type RowCells = Partial<Record<ImportField, string>>;

/** What is wrong with a row, where, and how to mend it. */
export interface Issue {
  /** `null` = the row as a whole. */
  field: ImportField | null;
  reason: string;
  mend: string;
}

/** The filled-in cells of a row, read and found right. What is empty or wrong is not there. */
export interface RowValues {
  deviceId?: string;
  name?: string;
  type?: DeviceType;
  farmCode?: string;
  manufacturer?: string;
  model?: string;
  serialNumber?: string;
  macAddress?: string;
  location?: string;
  group?: string;
  tags?: string[];
  powerSource?: PowerSource;
  connectionType?: ConnectionType;
  lastCalibrationDate?: string;
  calibrationCertificate?: string;
  calibrationIntervalDays?: number;
  nextMaintenanceDate?: string;
  maintenanceNotes?: string;
}

export interface ReadRow {
  values: RowValues;
  issues: Issue[];
}

/**
 * The cells of a row that are mapped and not empty, and how many there are when some lie beyond the header.
 */
export function pickCells(row: FileRow, mapping: ColumnMapping): { cells: RowCells; surplusCells: number | null } {
  const cells: RowCells = {};
  mapping.forEach((field, index) => {
    const cell = row.cells[index]?.trim();
    if (field !== null && cell) cells[field] = cell;
  });
  const beyond = row.cells.slice(mapping.length).some((cell) => cell.trim() !== "");
  return { cells, surplusCells: beyond ? row.cells.length : null };
}

/** The issue of a row with more cells than the header has columns. */
export function surplusIssue(cells: number, columns: number): Issue {
  return {
    field: null,
    reason: `The row has ${cells} cells, the header ${columns}`,
    mend: "Put cells that hold the separator in quotes, or name every column in the header",
  };
}

type Reader = (text: string, values: RowValues) => { reason: string; mend?: string } | undefined;

/** Reads the filled-in cells of a row by the rules that the console's forms have. */
export function readCells(cells: RowCells): ReadRow {
  const values: RowValues = {};
  const issues: Issue[] = [];
  for (const [key, cell] of Object.entries(cells)) {
    const field = key as ImportField;
    const wrong =
      cell.length > MAX_CELL_LENGTH
        ? {
            reason: `The cell has ${cell.length.toLocaleString("en")} characters`,
            mend: `Shorten it to ${MAX_CELL_LENGTH.toLocaleString("en")} at most`,
          }
        : READERS[field](unescapeFormula(cell), values);
    if (wrong) issues.push({ field, reason: wrong.reason, mend: wrong.mend ?? `Allowed: ${IMPORT_FIELD_FACTS[field].allowed}` });
  }
  return { values, issues };
}

const { shape } = deviceInputSchema;
const textReader =
  <Key extends keyof RowValues>(key: Key, schema: z.ZodType<string | null | undefined>): Reader =>
  (text, values) => {
    const result = schema.safeParse(text);
    if (!result.success) return { reason: result.error.issues[0]?.message ?? "Cannot be read" };
    if (result.data) values[key] = result.data as RowValues[Key];
    return undefined;
  };

const READERS: Record<ImportField, Reader> = {
  device_id: textReader("deviceId", deviceIdSchema),
  name: textReader("name", shape.name),
  device_type: (text, values) => {
    const type = TYPES.get(columnKey(text));
    if (!type) return { reason: `There is no device type “${short(text)}”` };
    values.type = type;
    return undefined;
  },
  farm_code: (text, values) => {
    values.farmCode = text.toUpperCase();
    return undefined;
  },
  manufacturer: textReader("manufacturer", shape.manufacturer),
  model: textReader("model", shape.model),
  serial_number: (text, values) =>
    /^\d([.,]\d+)?E\+\d+$/i.test(text)
      ? { reason: `“${text}” is a number that a spreadsheet has shortened`, mend: "Format the column as text and enter the number again" }
      : textReader("serialNumber", shape.serialNumber)(text, values),
  mac_address: (text, values) => {
    const mac = normalizeMacAddress(text);
    if (!mac)
      return { reason: `“${short(text)}” is no MAC address of a device`, mend: "Six pairs of hex digits, for example 02:4A:1B:00:3C:7F" };
    values.macAddress = mac;
    return undefined;
  },
  location: textReader("location", shape.location),
  group: textReader("group", lineOfText(100)),
  tags: (text, values) => {
    const tags = [...new Set(text.split(/[|;,]/).map((tag) => tag.trim()))].filter(Boolean);
    if (tags.length > MAX_TAGS) return { reason: `The cell has ${tags.length} tags`, mend: `At most ${MAX_TAGS}` };
    if (tags.length > 0) values.tags = tags;
    return undefined;
  },
  power_source: (text, values) => {
    const source = POWER.get(columnKey(text));
    if (!source) return { reason: `There is no power source “${short(text)}”` };
    values.powerSource = source;
    return undefined;
  },
  connection_type: (text, values) => {
    const type = CONNECTIONS.get(columnKey(text));
    if (!type) return { reason: `There is no connection “${short(text)}”` };
    values.connectionType = type;
    return undefined;
  },
  last_calibration_date: dayReader("lastCalibrationDate"),
  calibration_certificate: textReader("calibrationCertificate", lineOfText(120)),
  calibration_interval_days: (text, values) => {
    const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (days < 1 || days > MAX_INTERVAL_DAYS)
      return { reason: `“${short(text)}” is no number of days`, mend: `A whole number, 1 to ${MAX_INTERVAL_DAYS}` };
    values.calibrationIntervalDays = days;
    return undefined;
  },
  next_maintenance_date: dayReader("nextMaintenanceDate"),
  maintenance_notes: textReader("maintenanceNotes", optionalText(MAX_CELL_LENGTH)),
};

/** As many as the form of one device takes. */
const MAX_TAGS = 30;

/** A day is never guessed: 03/04/2026 is March to some and April to others. */
function dayReader(key: "lastCalibrationDate" | "nextMaintenanceDate"): Reader {
  return (text, values) => {
    const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
    const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
    const [year, month, day] = iso ? iso.slice(1) : german ? german.slice(1).reverse() : [];
    const value = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
    if (year === undefined || !isCalendarDay(value)) {
      const isAmbiguous = /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$/.test(text);
      return {
        reason: isAmbiguous
          ? `“${text}” means different days in different countries`
          : `“${short(text)}” is no day between the years 2000 and 2100`,
        mend: "Write it as 2026-03-29 or 29.03.2026",
      };
    }
    values[key] = value;
    return undefined;
  };
}

/** A wrong value as it is quoted in a sentence. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function byWords<Value extends string>(values: readonly Value[], wordsOf: (value: Value) => readonly string[]): Map<string, Value> {
  return new Map(values.flatMap((value) => [value, ...wordsOf(value)].map((word) => [columnKey(word), value] as const)));
}

const TYPES = byWords(DEVICE_TYPES, (type) => {
  const { label, plural, prefix } = DEVICE_TYPE_FACTS[type];
  return [label, plural, prefix];
});
const POWER_WORDS: Record<PowerSource, string[]> = {
  battery: ["batterie", "akku", "batería", "bateria"],
  mains: ["mains", "grid", "ac", "netz", "netzstrom", "red"],
  solar: ["sun", "solarpower", "sonne"],
  poe: ["ethernetpower"],
};
const POWER = byWords(POWER_SOURCES, (source) => [POWER_SOURCE_LABELS[source], ...POWER_WORDS[source]]);
const CONNECTION_WORDS: Record<ConnectionType, string[]> = {
  wifi: ["wlan", "wireless"],
  ethernet: ["lan", "cable", "kabel"],
  lora: ["lorawan"],
  cellular: ["lte", "4g", "5g", "gsm", "mobile", "mobilfunk", "nbiot"],
  bluetooth: ["ble"],
};
const CONNECTIONS = byWords(CONNECTION_TYPES, (type) => [CONNECTION_TYPE_LABELS[type], ...CONNECTION_WORDS[type]]);
