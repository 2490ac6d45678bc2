import Papa from "papaparse";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { deviceListSchema } from "@/server/domain/devices/list-schema";
import { DEVICE_COLUMN_FACTS, type DeviceColumn } from "@/server/domain/devices/list-vocabulary";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { DeviceSummary } from "../views";
import { readPage } from "./list-devices";
import { totalOrder } from "./sort-sql";
import { toListedDevice } from "./summary-sql";

const CHUNK = 1_000;
/** Excel takes a file without it for the local code page. */
const BYTE_ORDER_MARK = "\ufeff";

type Cell = string | number | null;

const CELLS: Record<DeviceColumn, (device: DeviceSummary) => Cell> = {
  type: (device) => DEVICE_TYPE_FACTS[device.type].label,
  farm: (device) => device.farm.name,
  group: (device) => device.group?.name ?? null,
  tags: (device) => device.tags.map((tag) => tag.name).join(", "),
  location: (device) => device.location,
  health: (device) => device.healthStatus,
  firmware: (device) => device.firmwareVersion,
  battery: (device) => device.batteryLevel,
  signal: (device) => device.signalStrength,
  errors: (device) => device.errorCount,
  connection: (device) => device.connectionType,
  model: (device) => [device.manufacturer, device.model].filter(Boolean).join(" "),
  serialNumber: (device) => device.serialNumber,
  macAddress: (device) => device.macAddress,
  calibration: (device) => device.calibrationStatus,
  maintenance: (device) => device.nextMaintenanceDate?.toISOString().slice(0, 10) ?? null,
  lastSeen: (device) => device.lastSeenAt?.toISOString() ?? null,
};

/**
 * The caller's devices by filters and order as CSV (RFC 4180, UTF-8), a chunk at a time, so that memory stays flat however many they are.
 * Text that a spreadsheet would run as a formula is quoted with an apostrophe; battery in percent, signal in dBm, times in UTC.
 */
export async function* exportDevices({
  ctx,
  input,
  columns,
}: {
  ctx: ServiceContext;
  input: unknown;
  columns: readonly DeviceColumn[];
}): AsyncGenerator<string> {
  const { sort, cursor: _, pageSize: __, ...filter } = parseInput(deviceListSchema, input);
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const order = totalOrder(sort);
  const line = (rows: Cell[][]) => Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" }) + "\r\n";
  yield BYTE_ORDER_MARK + line([["Device ID", "Name", "State", ...columns.map((column) => DEVICE_COLUMN_FACTS[column].label)]]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(ctx.db, { filter, farmIds, order, cursor, pageSize: CHUNK });
    const devices = page.rows.map((row) => toListedDevice(row, ctx.now));
    if (devices.length > 0)
      yield line(
        devices.map((device) => [device.deviceId, device.name, device.lifecycle, ...columns.map((column) => CELLS[column](device))]),
      );
    cursor = page.nextCursor;
  } while (cursor);
}
