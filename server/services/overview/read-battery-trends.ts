import type { Database } from "@/server/db/client";
import { BATTERY_HISTORY_DAYS, REPLACEMENT_RISE_PERCENT, type BatteryTrend } from "@/server/domain/health/battery-outlook";

/**
 * The straight line through each device's last battery reading of every 24 hours since its last replacement, fitted in
 * the database. Sixty probes of the history's index a device, however often it reports. One statement.
 * @param deviceKeys devices without any reading are left out of the answer
 */
export async function readBatteryTrends(db: Database, deviceKeys: readonly string[], now: Date): Promise<Map<string, BatteryTrend>> {
  const rows = await db.$queryRaw<({ deviceKey: string } & BatteryTrend)[]>`
    WITH daily AS MATERIALIZED (
      SELECT wanted.device_key, s.hour, s.battery_last::float8 AS percent
      FROM unnest(${deviceKeys}::uuid[]) AS wanted(device_key) CROSS JOIN generate_series(1, ${BATTERY_HISTORY_DAYS}::int) AS day
      CROSS JOIN LATERAL (
        SELECT hour, battery_last FROM health_sample h
        WHERE h.device_key = wanted.device_key AND h.battery_last IS NOT NULL
          AND h.hour > ${now}::timestamptz - day * interval '24 hours' AND h.hour <= ${now}::timestamptz - (day - 1) * interval '24 hours'
        ORDER BY h.hour DESC LIMIT 1) AS s
    ), rises AS (
      SELECT *, coalesce(percent - lag(percent) OVER (PARTITION BY device_key ORDER BY hour) >= ${REPLACEMENT_RISE_PERCENT}::float8, false) AS rose
      FROM daily
    ), since AS (
      SELECT *, extract(epoch FROM hour - ${now}::timestamptz)::float8 / 86400 AS day,
        coalesce(bool_or(rose) OVER (PARTITION BY device_key ORDER BY hour ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), false) AS is_former
      FROM rises
    )
    SELECT device_key AS "deviceKey", count(*) FILTER (WHERE NOT is_former)::int AS days, count(*) FILTER (WHERE rose)::int AS rises,
      max(hour) AS "lastAt", ${now}::timestamptz + avg(day) FILTER (WHERE NOT is_former) * interval '1 day' AS "centreAt",
      avg(percent) FILTER (WHERE NOT is_former) AS "centrePercent", regr_slope(percent, day) FILTER (WHERE NOT is_former) AS "slopePerDay",
      regr_sxx(percent, day) FILTER (WHERE NOT is_former) AS "spreadDays2",
      greatest(0, regr_syy(percent, day) FILTER (WHERE NOT is_former) - coalesce(power(regr_sxy(percent, day) FILTER (WHERE NOT is_former), 2)
        / nullif(regr_sxx(percent, day) FILTER (WHERE NOT is_former), 0), 0)) AS "residualPercent2"
    FROM since GROUP BY device_key`;
  return new Map(rows.map(({ deviceKey, ...trend }) => [deviceKey, trend]));
}
