import { Prisma } from "@/server/db/generated/client";
import type { Database } from "@/server/db/client";
import { deviceFilterSchema, deviceListSchema, type DeviceFilter } from "@/server/domain/devices/list-schema";
import type { SortKey } from "@/server/domain/devices/list-vocabulary";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { DeviceSummary } from "../views";
import { DEVICE_TABLES, filterSql } from "./filter-sql";
import { afterCursorSql, encodeCursor, orderSql, sortKeysSql, totalOrder } from "./sort-sql";
import { SUMMARY_COLUMNS, toListedDevice, type SummaryRow } from "./summary-sql";

export interface DevicePage {
  devices: DeviceSummary[];
  /** Where the next page begins; `null` = this was the last. */
  nextCursor: string | null;
}

/** One page of the caller's devices by search, filters and order. One statement; deep pages cost what the first does. */
export async function listDevices({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DevicePage> {
  const { sort, cursor, pageSize, ...filter } = parseInput(deviceListSchema, input);
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const page = await readPage(ctx.db, { filter, farmIds, order: totalOrder(sort), cursor: cursor ?? null, pageSize });
  return { devices: page.rows.map((row) => toListedDevice(row, ctx.now)), nextCursor: page.nextCursor };
}

interface PageQuery {
  filter: DeviceFilter;
  farmIds: readonly string[] | undefined;
  order: readonly SortKey[];
  cursor: string | null;
  pageSize: number;
}

/** One page and the row after it. */
export function pageSql({ filter, farmIds, order, cursor, pageSize }: PageQuery): Prisma.Sql {
  const after = cursor === null ? Prisma.empty : Prisma.sql` AND ${afterCursorSql(order, cursor)}`;
  return Prisma.sql`
    SELECT ${SUMMARY_COLUMNS}, ${sortKeysSql(order)} AS sort_keys
    FROM ${DEVICE_TABLES} WHERE ${filterSql(filter, farmIds)}${after} ORDER BY ${orderSql(order)} LIMIT ${pageSize + 1}`;
}

/** Rows of one page and the cursor of the next; also what the CSV export reads by. */
export async function readPage(db: Database, query: PageQuery) {
  const { pageSize } = query;
  const rows = await db.$queryRaw<(SummaryRow & { sort_keys: unknown })[]>(pageSql(query));
  const shown = rows.slice(0, pageSize);
  return { rows: shown, nextCursor: rows.length > pageSize ? encodeCursor(shown.at(-1)?.sort_keys) : null };
}

export interface DeviceCounts {
  /** Devices that match the filters. */
  total: number;
  /** Devices on the caller's farms at all, so that "none match" differs from "none yet". */
  registered: number;
}

export const countDevicesSchema = deviceFilterSchema;

export function countSql(filter: DeviceFilter, farmIds: readonly string[] | undefined): Prisma.Sql {
  return Prisma.sql`SELECT (SELECT count(*) FROM ${DEVICE_TABLES} WHERE ${filterSql(filter, farmIds)}) AS total,
    (SELECT count(*) FROM device WHERE ${farmIds ?? null}::uuid[] IS NULL OR farm_id = ANY(${farmIds ?? []}::uuid[])) AS registered`;
}

/** How many of the caller's devices match. */
export async function countDevices({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DeviceCounts> {
  const filter = parseInput(countDevicesSchema, input);
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const [row] = await ctx.db.$queryRaw<{ total: bigint; registered: bigint }[]>(countSql(filter, farmIds));
  return { total: Number(row?.total ?? 0n), registered: Number(row?.registered ?? 0n) };
}
