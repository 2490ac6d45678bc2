import type { Database } from "@/server/db/client";
import { estimateBattery } from "@/server/domain/health/battery-outlook";
import { readBatteryTrends } from "./read-battery-trends";

/** A battery does not change its mind within a day. */
const VALID_HOURS = 24;
/** Devices at once: every five minutes this is 288,000 a day, and a second's work. */
const CHUNK = 1_000;

/**
 * Estimates anew when batteries run low, for the devices whose estimate is older than a day, was made for another
 * threshold, or is missing: a bounded number at a time, the longest unseen first. Three statements.
 * @returns devices estimated
 */
export async function refreshBatteryOutlooks(db: Database, now: Date, limit = CHUNK): Promise<number> {
  const devices = await db.$queryRaw<{ id: string; threshold: number }[]>`
    SELECT d.id, d.low_battery_threshold AS threshold
    FROM device d LEFT JOIN battery_outlook o ON o.device_key = d.id
    WHERE d.power_source = 'battery' AND d.lifecycle IN ('provisioned', 'active', 'maintenance')
      AND (o.device_key IS NULL OR o.threshold <> d.low_battery_threshold
        OR o.computed_at < ${now}::timestamptz - make_interval(hours => ${VALID_HOURS}::int))
    ORDER BY o.computed_at NULLS FIRST, d.id LIMIT ${limit}::int`;
  if (devices.length === 0) return 0;
  const trends = await readBatteryTrends(
    db,
    devices.map(({ id }) => id),
    now,
  );
  const estimates = devices.map(({ id, threshold }) => {
    const trend = trends.get(id);
    const { earliestAt, latestAt, reason } = estimateBattery(trend, threshold, now);
    return { id, threshold, days: trend?.days ?? 0, slope: trend?.slopePerDay ?? null, earliest: earliestAt, latest: latestAt, reason };
  });
  // A device that was deleted meanwhile is left out by the join.
  return db.$executeRaw`
    INSERT INTO battery_outlook (device_key, computed_at, threshold, days, slope_per_day, earliest_at, latest_at, reason)
    SELECT d.id, ${now}::timestamptz, e.threshold, e.days, e.slope, e.earliest, e.latest, e.reason::battery_unknown
    FROM jsonb_to_recordset(${JSON.stringify(estimates)}::jsonb)
      AS e(id uuid, threshold real, days int, slope real, earliest timestamptz, latest timestamptz, reason text)
    JOIN device d ON d.id = e.id
    ON CONFLICT (device_key) DO UPDATE SET computed_at = excluded.computed_at, threshold = excluded.threshold, days = excluded.days,
      slope_per_day = excluded.slope_per_day, earliest_at = excluded.earliest_at, latest_at = excluded.latest_at, reason = excluded.reason`;
}
