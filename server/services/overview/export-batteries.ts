import Papa from "papaparse";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { batteryListSchema } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { readBatteries, type ListedBattery } from "./list-batteries";
import { overviewScope } from "./overview-scope";

const CHUNK = 1_000;
/** Excel takes a file without it for the local code page. */
const BYTE_ORDER_MARK = "\ufeff";
const HEADER = [
  "Device ID",
  "Name",
  "Type",
  "Farm",
  "Group",
  "Location",
  "Battery, %",
  "Threshold, %",
  "% a day",
  "State",
  "Earliest",
  "Latest",
];

type Cell = string | number | null;

/**
 * The list of batteries as CSV (RFC 4180, UTF-8), a chunk at a time, so that memory stays flat however many they are.
 * Text that a spreadsheet would run as a formula is quoted with an apostrophe; days in UTC.
 */
export async function* exportBatteries({ ctx, input }: { ctx: ServiceContext; input: unknown }): AsyncGenerator<string> {
  const { farmId, view } = parseInput(batteryListSchema, input);
  const scope = overviewScope(ctx, farmId);
  const line = (rows: Cell[][]) => Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" }) + "\r\n";
  yield BYTE_ORDER_MARK + line([HEADER]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readBatteries>> = await readBatteries(ctx.db, {
      scope,
      view,
      cursor,
      pageSize: CHUNK,
      now: ctx.now,
    });
    if (page.batteries.length > 0) yield line(page.batteries.map(cellsOf));
    cursor = page.nextCursor;
  } while (cursor);
}

function cellsOf({ outlook, ...battery }: ListedBattery): Cell[] {
  const { deviceId, name, type, farm, group, location, batteryLevel, threshold, slopePerDay } = battery;
  const isDue = outlook.kind === "due";
  return [
    deviceId,
    name,
    DEVICE_TYPE_FACTS[type].label,
    farm.name,
    group?.name ?? null,
    location,
    batteryLevel === null ? null : Math.round(batteryLevel * 10) / 10,
    threshold,
    slopePerDay === null ? null : Math.round(slopePerDay * 100) / 100,
    outlook.kind === "unknown" ? `unknown: ${outlook.reason.replaceAll("_", " ")}` : outlook.kind.replaceAll("_", " "),
    isDue ? dayOf(outlook.earliestAt) : null,
    isDue && outlook.latestAt ? dayOf(outlook.latestAt) : null,
  ];
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
