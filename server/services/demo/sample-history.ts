import type { Transaction } from "@/server/db/client";

/** Hourly over what a week's chart shows; before that two points a day, which is all a quarter's chart can tell. */
const HOURLY_DAYS = 7;
const SPARSE_STEP_HOURS = 12;
const HISTORY_DAYS = 92;

interface SampleHistory {
  now: Date;
  /** Device IDs without any history. */
  neverConnected: string[];
  /** When some devices fell silent, hours before now. */
  silentHours: Record<string, number>;
}

/**
 * Invents three months of history for every device, in one statement: batteries that run down and are changed, or
 * follow the sun; signals that wander around the place's mean; faults, restarts, and gaps. Always the same for a device.
 */
export async function addSampleHistory(tx: Transaction, { now, neverConnected, silentHours }: SampleHistory): Promise<void> {
  await tx.$executeRaw`
    WITH hours AS (
      SELECT hour, ${SPARSE_STEP_HOURS}::int AS step FROM generate_series(
        date_trunc('day', ${now}::timestamptz) - make_interval(days => ${HISTORY_DAYS}::int),
        date_trunc('day', ${now}::timestamptz) - make_interval(days => ${HOURLY_DAYS}::int, hours => 1),
        make_interval(hours => ${SPARSE_STEP_HOURS}::int)) AS hour
      UNION ALL
      SELECT hour, 1 FROM generate_series(
        date_trunc('day', ${now}::timestamptz) - make_interval(days => ${HOURLY_DAYS}::int),
        date_trunc('hour', ${now}::timestamptz) - interval '1 hour', interval '1 hour') AS hour
    ), silent AS (
      SELECT key AS device_id, value::int AS hours FROM jsonb_each_text(${JSON.stringify(silentHours)}::jsonb)
    ), facts AS (
      SELECT d.id, d.power_source, d.connection_type, hour, step, extract(epoch FROM hour)::bigint / 3600 AS number,
             abs(hashtext(d.device_id)::bigint) AS seed, abs(hashtext(d.device_id || hour::date)::bigint) AS of_day,
             abs(hashtext(d.device_id || hour)::bigint) AS of_hour, extract(hour FROM hour)::int AS clock
      FROM device d CROSS JOIN hours LEFT JOIN silent USING (device_id)
      WHERE d.device_id <> ALL (${neverConnected}::text[])
        AND hour < ${now}::timestamptz - make_interval(hours => coalesce(silent.hours, 0))
    ), readings AS (
      SELECT *, (number + seed % 1000) % (250 + seed % 700) AS hours_up,
        CASE power_source
          WHEN 'battery' THEN 100 - ((number + seed % 3000) % (1900 + seed % 900)) * 92.0 / (1900 + seed % 900)
          WHEN 'solar' THEN 74 + 18 * sin((clock - 10) * pi() / 12) - of_day % 14
        END AS battery,
        CASE connection_type WHEN 'wifi' THEN -62 WHEN 'bluetooth' THEN -70 WHEN 'cellular' THEN -85 WHEN 'lora' THEN -92 END
          + (seed % 13)::int - 6 + (of_day % 5)::int + (of_hour % 5)::int - 4 AS signal
      FROM facts
      -- A few hours of some days, and days of some devices, are missing.
      WHERE hour > ${now}::timestamptz - interval '1 day' OR NOT (
        (of_day % 19 = 0 AND clock BETWEEN of_day % 11 AND of_day % 11 + 7) OR (seed % 3 = 0 AND (number / 24 + seed) % 41 < 3))
    )
    INSERT INTO health_sample (device_key, hour, messages, battery_min, battery_max, battery_last, signal_min, signal_max,
                               signal_sum, signal_count, error_max, uptime_seconds, restarts)
    SELECT id, hour, 120 * step, round((battery - 0.2)::numeric, 1), round((battery + 0.2)::numeric, 1), round(battery::numeric, 1),
           signal - of_hour % 6, signal + of_hour % 4, coalesce(signal, 0) * 120, CASE WHEN signal IS NULL THEN 0 ELSE 120 END,
           CASE WHEN of_day % 23 = 1 THEN 4 + of_hour % 5 ELSE of_hour % 31 / 30 END,
           hours_up * 3600 + of_hour % 3600, CASE WHEN hours_up < step THEN 1 ELSE 0 END
    FROM readings`;
}
