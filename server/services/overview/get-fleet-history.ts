import { Prisma } from "@/server/db/generated/client";
import { overviewSpanSchema, SPAN_FACTS, type OverviewSpan } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { inScopeSql, overviewScope, timeZoneOf } from "./overview-scope";

/** One hour, or the mean over one day of the farm. `null` = nobody counted: a gap, drawn as one. */
export interface FleetPoint {
  at: Date;
  /** Active devices by health. */
  healthy: number | null;
  warning: number | null;
  critical: number | null;
  unknown: number | null;
  /** Percent of the active devices, and the lowest of the day's hours. */
  online: number | null;
  lowestOnline: number | null;
}

export interface FleetHistory {
  span: OverviewSpan;
  /** In which days begin, and times are shown. */
  timeZone: string;
  /** Oldest first, complete: without any gap in `at`. */
  points: FleetPoint[];
}

/**
 * How the fleet was over a week, a month or a quarter: hours for the shortest, else days of the farm's time zone. Over
 * several farms, of the zone that most of them share. Two statements.
 */
export async function getFleetHistory({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FleetHistory> {
  const { farmId, span } = parseInput(overviewSpanSchema, input);
  const scope = overviewScope(ctx, farmId);
  const timeZone = await timeZoneOf(ctx.db, scope);
  const { step, points } = SPAN_FACTS[span];
  // Hours are the same everywhere but where a zone is off by a part of one.
  const zone = step === "hour" ? "UTC" : timeZone;
  const unit = step === "hour" ? Prisma.sql`'hour'` : Prisma.sql`'day'`;
  const interval = step === "hour" ? Prisma.sql`interval '1 hour'` : Prisma.sql`interval '1 day'`;
  const rows = await ctx.db.$queryRaw<FleetPoint[]>`
    WITH steps AS (
      SELECT step FROM generate_series(
        date_trunc(${unit}, ${ctx.now}::timestamptz AT TIME ZONE ${zone}) - ${points - 1}::int * ${interval},
        date_trunc(${unit}, ${ctx.now}::timestamptz AT TIME ZONE ${zone}), ${interval}) AS step
    ), hours AS (
      SELECT hour, sum(healthy) AS healthy, sum(warning) AS warning, sum(critical) AS critical, sum(unknown) AS unknown,
        100.0 * sum(connected) / nullif(sum(connected + disconnected), 0) AS online
      FROM fleet_sample
      WHERE hour >= (SELECT min(step) AT TIME ZONE ${zone} FROM steps) AND hour <= ${ctx.now}::timestamptz
        AND ${inScopeSql(Prisma.sql`farm_id`, scope)}
      GROUP BY hour
    ), counted AS (
      SELECT date_trunc(${unit}, hour AT TIME ZONE ${zone}) AS step, avg(healthy) AS healthy, avg(warning) AS warning,
        avg(critical) AS critical, avg(unknown) AS unknown, avg(online) AS online, min(online) AS lowest
      FROM hours GROUP BY 1
    )
    SELECT step AT TIME ZONE ${zone} AS at, round(healthy, 1)::float8 AS healthy, round(warning, 1)::float8 AS warning,
      round(critical, 1)::float8 AS critical, round(unknown, 1)::float8 AS unknown, round(online, 2)::float8 AS online,
      round(lowest, 2)::float8 AS "lowestOnline"
    FROM steps LEFT JOIN counted USING (step) ORDER BY step`;
  return { span, timeZone, points: rows };
}
