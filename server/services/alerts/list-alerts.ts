import { Prisma } from "@/server/db/generated/client";
import type { AlertOrder } from "@/server/domain/alerts/list-vocabulary";
import { alertFilterSchema, listAlertsSchema } from "@/server/domain/alerts/schema";
import { ALERT_SEVERITIES, type AlertSeverity, type AlertType } from "@/server/domain/alerts/vocabulary";
import { fieldError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { alertFilterSql, alertScopeSql } from "./alert-filter-sql";
import { ALERT_COLUMNS, ALERT_TABLES, toAlertView, type AlertRow, type AlertView } from "./views";

/** An alert in the list; a group alert with how many it speaks for. */
export type ListedAlert = AlertView & { memberCount: number };

export interface AlertPage {
  alerts: ListedAlert[];
  nextCursor: string | null;
}

/** One page of the alerts on the caller's farms. One statement; deep pages cost what the first does. */
export async function listAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AlertPage> {
  const { order, cursor, pageSize, ...filter } = parseInput(listAlertsSchema, input);
  const after = cursor ? Prisma.sql` AND ${afterSql(order, cursor)}` : Prisma.empty;
  const rows = await ctx.db.$queryRaw<(AlertRow & { memberCount: bigint })[]>`
    SELECT ${ALERT_COLUMNS}, CASE WHEN a.group_id IS NULL THEN 0 ELSE (SELECT count(*) FROM device_alert m WHERE m.parent_id = a.id) END AS "memberCount"
    FROM ${ALERT_TABLES}
    WHERE ${alertScopeSql(ctx.actor, "device.read")} AND ${alertFilterSql(filter, ctx.now)}${after}
    ORDER BY ${ORDERS[order]} LIMIT ${pageSize + 1}`;
  const mayHandle = handling(ctx);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    alerts: shown.map((row) => ({
      ...toAlertView(row, { now: ctx.now, mayHandle: mayHandle(row.farmId) }),
      memberCount: Number(row.memberCount),
    })),
    nextCursor: rows.length > pageSize && last ? encodeCursor(last) : null,
  };
}

/** Whether the caller may handle alerts of a farm; the system's own are for admins. */
export function handling({ actor }: ServiceContext): (farmId: string | null) => boolean {
  const farmIds = farmIdsWith(actor, "alert.handle");
  return (farmId) => farmIds === undefined || (farmId !== null && farmIds.includes(farmId));
}

const ORDERS: Record<AlertOrder, Prisma.Sql> = {
  gravest: Prisma.sql`a.severity DESC, a.first_occurrence DESC, a.id DESC`,
  newest: Prisma.sql`a.first_occurrence DESC, a.id DESC`,
  oldest: Prisma.sql`a.first_occurrence, a.id`,
};

function encodeCursor({ severity, firstOccurrence, id }: AlertRow): string {
  return Buffer.from(JSON.stringify([severity, firstOccurrence.toISOString(), id])).toString("base64url");
}

function afterSql(order: AlertOrder, cursor: string): Prisma.Sql {
  const [severity, at, id] = decodeCursor(cursor);
  const rest = Prisma.sql`${at}::timestamptz, ${id}::uuid`;
  if (order === "oldest") return Prisma.sql`(a.first_occurrence, a.id) > (${rest})`;
  if (order === "newest") return Prisma.sql`(a.first_occurrence, a.id) < (${rest})`;
  return Prisma.sql`(a.severity, a.first_occurrence, a.id) < (${severity}::alert_severity, ${rest})`;
}

function decodeCursor(cursor: string): [AlertSeverity, string, string] {
  try {
    const value = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown;
    if (Array.isArray(value)) {
      const [severity, at, id] = value as unknown[];
      const isTime = typeof at === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !isNaN(Date.parse(at));
      const isId = typeof id === "string" && /^[0-9a-f-]{36}$/.test(id);
      if (isTime && isId && ALERT_SEVERITIES.includes(severity as AlertSeverity)) return [severity as AlertSeverity, at, id];
    }
  } catch {
    // Said below.
  }
  throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
}

export const countAlertsSchema = alertFilterSchema;

export interface AlertCounts {
  total: number;
  bySeverity: Record<AlertSeverity, number>;
  byType: { type: AlertType; count: number }[];
}

/** How many alerts match, by severity and type. One statement. */
export async function countAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AlertCounts> {
  const filter = parseInput(countAlertsSchema, input);
  const rows = await ctx.db.$queryRaw<{ severity: AlertSeverity; type: AlertType; count: bigint }[]>`
    SELECT a.severity::text AS severity, a.type::text AS type, count(*) AS count FROM ${ALERT_TABLES}
    WHERE ${alertScopeSql(ctx.actor, "device.read")} AND ${alertFilterSql(filter, ctx.now)} GROUP BY 1, 2`;
  const bySeverity: AlertCounts["bySeverity"] = { low: 0, warning: 0, critical: 0 };
  const byType = new Map<AlertType, number>();
  for (const { severity, type, count } of rows) {
    bySeverity[severity] += Number(count);
    byType.set(type, (byType.get(type) ?? 0) + Number(count));
  }
  return {
    total: bySeverity.low + bySeverity.warning + bySeverity.critical,
    bySeverity,
    byType: [...byType].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
  };
}
