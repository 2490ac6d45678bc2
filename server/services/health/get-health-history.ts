import { Prisma } from "@/server/db/generated/client";
import { HISTORY_STEPS, healthHistorySchema, type HistoryRange } from "@/server/domain/health/history";
import type { ServiceContext } from "@/server/services/context";
import type { Thresholds } from "@/server/domain/health/thresholds";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";

/** One hour, or one day of the farm. `null` = nothing was reported: a gap, drawn as one. */
export interface HistoryPoint {
  at: Date;
  messages: number;
  /** Percent: the lowest, and the last reported. */
  batteryMin: number | null;
  battery: number | null;
  /** dBm: the mean, and the range around it. */
  signal: number | null;
  signalMin: number | null;
  signalMax: number | null;
  /** Highest error counter. */
  errors: number | null;
  /** Of the running boot, as last reported. */
  uptimeSeconds: number | null;
  restarts: number | null;
}

export interface HealthHistory {
  deviceId: string;
  range: HistoryRange;
  /** In which days begin, and times are shown. */
  timeZone: string;
  /** What it is judged by. */
  thresholds: Thresholds;
  /** Oldest first, complete: without any gap in `at`. */
  points: HistoryPoint[];
}

/**
 * What a device reported over a day, a week or a quarter: hourly points for the shorter spans, days of the farm's time
 * zone for the longest, added up in the database.
 * @throws not_found
 */
export async function getHealthHistory({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HealthHistory> {
  const { deviceId, range } = parseInput(healthHistorySchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const { step, points } = HISTORY_STEPS[range];
  const { timeZone } = device.farm;
  const buckets =
    step === "hour"
      ? Prisma.sql`
        SELECT at, at + interval '1 hour' AS until
        FROM generate_series(
          date_trunc('hour', ${ctx.now}::timestamptz) - make_interval(hours => ${points - 1}::int),
          date_trunc('hour', ${ctx.now}::timestamptz), interval '1 hour') AS at`
      : Prisma.sql`
        SELECT day AT TIME ZONE ${timeZone} AS at, (day + interval '1 day') AT TIME ZONE ${timeZone} AS until
        FROM generate_series(
          date_trunc('day', ${ctx.now}::timestamptz AT TIME ZONE ${timeZone}) - make_interval(days => ${points - 1}::int),
          date_trunc('day', ${ctx.now}::timestamptz AT TIME ZONE ${timeZone}), interval '1 day') AS day`;
  const rows = await ctx.db.$queryRaw<HistoryPoint[]>`
    SELECT b.at, coalesce(sum(s.messages), 0)::int AS messages, min(s.battery_min) AS "batteryMin",
           (array_agg(s.battery_last ORDER BY s.hour DESC) FILTER (WHERE s.battery_last IS NOT NULL))[1] AS battery,
           (sum(s.signal_sum)::float8 / nullif(sum(s.signal_count), 0))::float8 AS signal,
           min(s.signal_min) AS "signalMin", max(s.signal_max) AS "signalMax", max(s.error_max) AS errors,
           (array_agg(s.uptime_seconds ORDER BY s.hour DESC) FILTER (WHERE s.uptime_seconds IS NOT NULL))[1]::float8 AS "uptimeSeconds",
           sum(s.restarts)::int AS restarts
    FROM (${buckets}) AS b
    LEFT JOIN health_sample s ON s.device_key = ${device.id}::uuid AND s.hour >= b.at AND s.hour < b.until
    GROUP BY b.at ORDER BY b.at`;
  const { offlineWindowSeconds, lowBatteryThreshold, weakSignalThreshold, elevatedErrors, highErrors } = device;
  const thresholds = { offlineWindowSeconds, lowBatteryThreshold, weakSignalThreshold, elevatedErrors, highErrors };
  return { deviceId: device.deviceId, range, timeZone, thresholds, points: rows };
}
