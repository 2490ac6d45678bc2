import { Prisma } from "@/server/db/generated/client";
import type { AlertSeverity } from "@/server/domain/alerts/vocabulary";
import { overviewSpanSchema, SPAN_FACTS, type OverviewSpan } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { inScopeSql, overviewScope, timeZoneOf } from "./overview-scope";

export type SeverityCounts = Record<AlertSeverity, number>;

export interface AlertDay {
  /** Calendar day of the farm, `2026-03-29`. */
  day: string;
  raised: SeverityCounts;
  resolved: SeverityCounts;
}

export interface AlertsPerDay {
  span: OverviewSpan;
  timeZone: string;
  /** Oldest first, complete. */
  days: AlertDay[];
}

interface Row {
  day: string;
  raised: Partial<SeverityCounts> | null;
  resolved: Partial<SeverityCounts> | null;
}

/**
 * Alerts raised and resolved on each day of the farm's time zone, by the severity they stand at; a day of 23 or 25 hours
 * is one day. Over several farms, of the zone that most of them share. Two statements.
 */
export async function countAlertsPerDay({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AlertsPerDay> {
  const { farmId, span } = parseInput(overviewSpanSchema, input);
  const scope = overviewScope(ctx, farmId);
  const timeZone = await timeZoneOf(ctx.db, scope);
  const countedBy = (column: Prisma.Sql) => Prisma.sql`
    SELECT day, jsonb_object_agg(severity, count) AS counts FROM (
      SELECT (${column} AT TIME ZONE ${timeZone})::date AS day, severity, count(*) AS count FROM device_alert
      WHERE ${column} >= (SELECT min(day)::timestamp AT TIME ZONE ${timeZone} FROM days) AND ${inScopeSql(Prisma.sql`farm_id`, scope)}
      GROUP BY 1, 2) AS counted
    GROUP BY day`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH days AS (
      SELECT (${ctx.now}::timestamptz AT TIME ZONE ${timeZone})::date - ago AS day FROM generate_series(0, ${SPAN_FACTS[span].days - 1}::int) AS ago
    ), raised AS (${countedBy(Prisma.sql`first_occurrence`)}), resolved AS (${countedBy(Prisma.sql`resolved_at`)})
    SELECT days.day::text, raised.counts AS raised, resolved.counts AS resolved
    FROM days LEFT JOIN raised USING (day) LEFT JOIN resolved USING (day) ORDER BY day`;
  return {
    span,
    timeZone,
    days: rows.map(({ day, raised, resolved }) => ({ day, raised: complete(raised), resolved: complete(resolved) })),
  };
}

function complete(counts: Partial<SeverityCounts> | null): SeverityCounts {
  return { low: 0, warning: 0, critical: 0, ...counts };
}
