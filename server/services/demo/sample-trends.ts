import type { Transaction } from "@/server/db/client";

/** What the overview's longest span shows. */
const TREND_DAYS = 92;
/** Alerts of before have all ended by then, so that none of now takes them for its own. */
const LAST_ALERT_HOURS = 8;

/**
 * Invents how the fleet was each hour of three months, and the alerts of that time, in two statements: a few devices
 * away at any hour, more in some nights, one evening without counting. Always the same for a farm and an hour.
 */
export async function addSampleTrends(tx: Transaction, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH hours AS (
      SELECT f.id AS farm_id, f.code, hour, count(d.id)::int AS devices, abs(hashtext(f.code || hour)::bigint) AS of_hour,
        abs(hashtext(f.code || hour::date)::bigint) AS of_day
      FROM farm f JOIN device d ON d.farm_id = f.id
      CROSS JOIN generate_series(date_trunc('hour', ${now}::timestamptz) - make_interval(days => ${TREND_DAYS}::int),
        date_trunc('hour', ${now}::timestamptz) - interval '1 hour', interval '1 hour') AS hour
      WHERE hour NOT BETWEEN ${now}::timestamptz - interval '102 hours' AND ${now}::timestamptz - interval '97 hours'
      GROUP BY f.id, hour
    ), shares AS (
      SELECT *, least(devices, CASE WHEN of_day % 17 = 3 AND extract(hour FROM hour) BETWEEN 1 AND 4 THEN devices / 3 ELSE 0 END
          + CASE WHEN of_hour % 5 = 0 THEN 1 + of_hour % 2 ELSE 0 END)::int AS away,
        (of_day % 3 + CASE WHEN of_hour % 7 = 0 THEN 1 ELSE 0 END)::int AS warned
      FROM hours
    )
    INSERT INTO fleet_sample (farm_id, hour, healthy, warning, critical, unknown, connected, disconnected)
    SELECT farm_id, hour, greatest(0, devices - away - warned), least(warned, devices - away), away, 0, devices - away, away FROM shares`;
  await tx.$executeRaw`
    WITH days AS (
      SELECT d.id, d.farm_id, d.power_source, abs(hashtext(d.device_id || day)::bigint) AS of_day,
        date_trunc('hour', ${now}::timestamptz) - day * interval '1 day' AS at
      FROM device d CROSS JOIN generate_series(1, ${TREND_DAYS}::int) AS day
    ), wrong AS (
      SELECT *, CASE WHEN of_day % 5 = 0 AND power_source = 'battery' THEN 'battery' WHEN of_day % 5 = 1 THEN 'errors'
          WHEN of_day % 5 = 2 AND power_source IN ('battery', 'solar') THEN 'signal' ELSE 'offline' END AS what,
        at - (of_day % 86400) * interval '1 second' AS raised, 600 + of_day / 7 % 40000 AS seconds
      FROM days WHERE of_day % 13 = 0
    ), alerts AS (
      INSERT INTO device_alert (device_key, farm_id, condition, type, severity, state, value, first_occurrence, last_occurrence, resolved_at,
        resolution_notes)
      SELECT id, farm_id, what::alert_condition,
        (CASE what WHEN 'battery' THEN 'low_battery' WHEN 'signal' THEN 'poor_signal' WHEN 'errors' THEN 'elevated_errors' ELSE 'offline' END)::alert_type,
        (CASE what WHEN 'offline' THEN 'critical' ELSE 'warning' END)::alert_severity, 'resolved',
        CASE what WHEN 'battery' THEN 12 + of_day % 8 WHEN 'signal' THEN -119 - of_day % 5 WHEN 'errors' THEN 6 + of_day % 4 END,
        raised, raised, raised + seconds * interval '1 second', 'The condition is gone.'
      FROM wrong WHERE raised + seconds * interval '1 second' < ${now}::timestamptz - make_interval(hours => ${LAST_ALERT_HOURS}::int)
      RETURNING id, first_occurrence, resolved_at, severity, value
    )
    INSERT INTO alert_event (alert_id, at, kind, severity, value, note)
    SELECT id, first_occurrence, 'raised'::alert_event_kind, severity, value, NULL FROM alerts
    UNION ALL SELECT id, resolved_at, 'auto_resolved', severity, value, 'The condition is gone.' FROM alerts`;
}

/** Where each battery stands at the end of its invented history, percent by device ID. One statement. */
export async function sampleCharges(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ deviceId: string; percent: number }[]>`
    SELECT DISTINCT ON (d.id) d.device_id AS "deviceId", h.battery_last AS percent
    FROM health_sample h JOIN device d ON d.id = h.device_key WHERE h.battery_last IS NOT NULL ORDER BY d.id, h.hour DESC`;
  return new Map(rows.map(({ deviceId, percent }) => [deviceId, percent]));
}
