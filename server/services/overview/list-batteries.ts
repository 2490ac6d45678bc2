import { Prisma } from "@/server/db/generated/client";
import type { Database } from "@/server/db/client";
import { BATTERY_HORIZON_DAYS, batteryOutlook, type BatteryOutlook, type BatteryUnknown } from "@/server/domain/health/battery-outlook";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { batteryListSchema, type BatteryView } from "@/server/domain/overview/schema";
import { fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { inScopeSql, overviewScope, type OverviewScope } from "./overview-scope";

/** A device with what is to be said of its battery. */
export interface ListedBattery {
  deviceId: string;
  name: string;
  type: DeviceType;
  location: string | null;
  farm: { id: string; name: string };
  group: { id: string; name: string } | null;
  /** Percent, as last reported, and below which it needs a battery. */
  batteryLevel: number | null;
  threshold: number;
  slopePerDay: number | null;
  outlook: BatteryOutlook;
}

export interface BatteryCounts {
  /** Below their threshold already. */
  low: number;
  /** Above it, and perhaps below within 30 days. */
  due: number;
  notSoon: number;
  unknown: Record<BatteryUnknown | "not_looked_at", number>;
}

export interface BatteryPage {
  batteries: ListedBattery[];
  counts: BatteryCounts;
  nextCursor: string | null;
}

interface Row extends Omit<ListedBattery, "outlook"> {
  earliestAt: Date | null;
  latestAt: Date | null;
  reason: BatteryUnknown | null;
  /** Nobody has estimated it yet. */
  isNew: boolean;
  /** Where it stands in the list. */
  key: string;
}

const BATTERY_TABLES = Prisma.sql`device d JOIN device_state s ON s.device_key = d.id LEFT JOIN battery_outlook o ON o.device_key = d.id`;

function onBatterySql(scope: OverviewScope): Prisma.Sql {
  return Prisma.sql`d.power_source = 'battery' AND d.lifecycle IN ('active', 'maintenance') AND ${inScopeSql(Prisma.sql`d.farm_id`, scope)}`;
}

/** {@link batteryOutlook} of a device on batteries, as a word. A test holds both to the same answers. */
function kindSql(now: Date): Prisma.Sql {
  return Prisma.sql`(CASE WHEN s.battery_level < d.low_battery_threshold THEN 'low' WHEN o.device_key IS NULL THEN 'not_looked_at'
    WHEN o.reason IS NOT NULL THEN o.reason::text
    WHEN o.earliest_at <= ${now}::timestamptz + make_interval(days => ${BATTERY_HORIZON_DAYS}::int) THEN 'due' ELSE 'not_soon' END)`;
}

/** Who needs a battery within 30 days, the most urgent first, or of whom nothing can be said. Two statements. */
export async function listBatteries({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<BatteryPage> {
  const { farmId, view, cursor, pageSize } = parseInput(batteryListSchema, input);
  const scope = overviewScope(ctx, farmId);
  const [page, counts] = await Promise.all([
    readBatteries(ctx.db, { scope, view, cursor: cursor ?? null, pageSize, now: ctx.now }),
    countBatteries(ctx.db, scope, ctx.now),
  ]);
  return { ...page, counts };
}

interface BatteryQuery {
  scope: OverviewScope;
  view: BatteryView;
  cursor: string | null;
  pageSize: number;
  now: Date;
}

/** One page; also what the CSV export reads by. */
export async function readBatteries(db: Database, { scope, view, cursor, pageSize, now }: BatteryQuery) {
  const kind = kindSql(now);
  // Text that sorts as the list does: what is low by its charge, the rest by its earliest day.
  const key = Prisma.sql`(CASE WHEN ${kind} = 'low' THEN '0' || lpad(floor(s.battery_level * 100)::text, 6, '0')
    ELSE '1' || coalesce(to_char(o.earliest_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS'), '') END || ':' || d.device_id) COLLATE "C"`;
  const isWanted = view === "due" ? Prisma.sql`${kind} IN ('low', 'due')` : Prisma.sql`${kind} NOT IN ('low', 'due', 'not_soon')`;
  const after = cursor === null ? Prisma.empty : Prisma.sql`AND ${key} > ${decodeCursor(cursor)}`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT d.device_id AS "deviceId", d.name, d.type::text, d.location, jsonb_build_object('id', f.id, 'name', f.name) AS farm,
      CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'name', g.name) END AS "group",
      s.battery_level AS "batteryLevel", d.low_battery_threshold AS threshold, o.slope_per_day AS "slopePerDay",
      o.earliest_at AS "earliestAt", o.latest_at AS "latestAt", o.reason::text, o.device_key IS NULL AS "isNew", ${key} AS key
    FROM ${BATTERY_TABLES} JOIN farm f ON f.id = d.farm_id LEFT JOIN device_group g ON g.id = d.group_id
    WHERE ${onBatterySql(scope)} AND ${isWanted} ${after} ORDER BY key LIMIT ${pageSize + 1}`;
  const shown = rows.slice(0, pageSize);
  return {
    batteries: shown.map((row) => toListed(row, now)),
    nextCursor: rows.length > pageSize ? Buffer.from(shown.at(-1)?.key ?? "").toString("base64url") : null,
  };
}

function toListed({ earliestAt, latestAt, reason, isNew, key: _, ...row }: Row, now: Date): ListedBattery {
  const facts = { powerSource: "battery" as const, batteryLevel: row.batteryLevel, lowBatteryThreshold: row.threshold };
  return { ...row, outlook: batteryOutlook(facts, isNew ? undefined : { earliestAt, latestAt, reason }, now) };
}

function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString();
  if (/^[01][0-9]*:[A-Z0-9]+$/.test(key)) return key;
  throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
}

async function countBatteries(db: Database, scope: OverviewScope, now: Date): Promise<BatteryCounts> {
  const rows = await db.$queryRaw<{ kind: string; count: number }[]>`
    SELECT ${kindSql(now)} AS kind, count(*)::int AS count FROM ${BATTERY_TABLES} WHERE ${onBatterySql(scope)} GROUP BY 1`;
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    low: of("low"),
    due: of("due"),
    notSoon: of("not_soon"),
    unknown: {
      too_few_days: of("too_few_days"),
      noisy: of("noisy"),
      charging: of("charging"),
      silent: of("silent"),
      not_looked_at: of("not_looked_at"),
    },
  };
}
