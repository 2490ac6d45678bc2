/**
 * The rules of an import, read independently of server/domain/imports: plain loops over a list of devices, for files that
 * hold ID, name, type, MAC address, serial number and location. What the engine does is compared with it.
 */
export interface OracleDevice {
  deviceId: string;
  name: string;
  type: string;
  mac: string | null;
  serial: string | null;
  location: string | null;
  /** On a farm that the importer does not see. */
  isForeign: boolean;
  isRetired: boolean;
}

export interface OracleRow {
  id: string;
  name: string;
  type: string;
  mac: string;
  serial: string;
  location: string;
}

export interface OracleResult {
  counts: { created: number; updated: number; unchanged: number; skipped: number; errors: number };
  devices: OracleDevice[];
}

const TYPES = ["milk_meter", "gate"];
const isId = (id: string) => /^[A-Z]{2}\d{3,6}$/.test(id);
const isMac = (mac: string) => /^02(:[0-9A-F]{2}){5}$/.test(mac);

type Verdict = "created" | "updated" | "unchanged" | "skipped" | "errors";

/** What becomes of a file, by mode; all or nothing leaves everything as it was when one row is wrong. */
export function oracle(before: readonly OracleDevice[], rows: readonly OracleRow[], mode: string, allOrNothing: boolean): OracleResult {
  const verdicts = rows.map((row, index) => verdictOn(before, rows, index, row, mode));
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, errors: 0 };
  for (const verdict of verdicts) counts[verdict]++;
  const isHeld = allOrNothing && counts.errors > 0;
  if (isHeld || counts.created + counts.updated === 0) return { counts: { ...counts, created: 0, updated: 0 }, devices: [...before] };
  const devices = before.map((device) => ({ ...device }));
  rows.forEach((row, index) => {
    const known = devices.find((device) => device.deviceId === row.id);
    if (verdicts[index] === "created") devices.push(newDevice(row));
    if (verdicts[index] === "updated" && known) take(known, row);
  });
  return { counts, devices: devices.sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1)) };
}

function verdictOn(before: readonly OracleDevice[], rows: readonly OracleRow[], index: number, row: OracleRow, mode: string): Verdict {
  if (!isId(row.id)) return "errors";
  const known = before.find((device) => device.deviceId === row.id && !device.isForeign);
  if (mode === "create" && known) return "skipped";
  if (mode === "update" && !known) return "skipped";
  if (!known && before.some((device) => device.deviceId === row.id)) return "errors";
  if (known?.isRetired) return "errors";
  if (row.type !== "" && !TYPES.includes(row.type)) return "errors";
  if (row.mac !== "" && !isMac(row.mac)) return "errors";
  for (let earlier = 0; earlier < index; earlier++) {
    const other = rows[earlier];
    if (!other) continue;
    if (other.id === row.id) return "errors";
    if (row.mac !== "" && other.mac === row.mac) return "errors";
    if (row.serial !== "" && other.serial === row.serial) return "errors";
  }
  const others = before.filter((device) => device.deviceId !== row.id && !device.isRetired);
  if (row.mac !== "" && row.mac !== known?.mac && others.some((device) => device.mac === row.mac)) return "errors";
  if (row.serial !== "" && row.serial !== known?.serial && others.some((device) => device.serial === row.serial)) return "errors";
  if (!known) return row.name === "" || row.type === "" ? "errors" : "created";
  if (row.type !== "" && row.type !== known.type) return "errors";
  const after = { ...known };
  take(after, row);
  return JSON.stringify(after) === JSON.stringify(known) ? "unchanged" : "updated";
}

function take(device: OracleDevice, row: OracleRow): void {
  if (row.name !== "") device.name = row.name;
  if (row.mac !== "") device.mac = row.mac;
  if (row.serial !== "") device.serial = row.serial;
  if (row.location !== "") device.location = row.location;
}

function newDevice(row: OracleRow): OracleDevice {
  const orNull = (text: string) => (text === "" ? null : text);
  return {
    deviceId: row.id,
    name: row.name,
    type: row.type,
    mac: orNull(row.mac),
    serial: orNull(row.serial),
    location: orNull(row.location),
    isForeign: false,
    isRetired: false,
  };
}
