import { Prisma } from "@/server/db/generated/client";
import { CRITICAL_BATTERY_PERCENT } from "@/server/domain/health/thresholds";

/**
 * The rules of server/domain/health/policy.ts and server/domain/alerts/conditions.ts for whole fleets, over the tables
 * `d` (device) and `s` (device_state). A property test holds both to the same answers.
 */

/** What silence is measured by: the moment of the check, and since when messages are received without a gap. */
export interface CheckTime {
  now: Date;
  /** `null` = always. */
  receivingSince: Date | null;
}

const WINDOW = Prisma.sql`make_interval(secs => d.offline_window_seconds)`;
const CRITICAL_BATTERY = Prisma.sql`${CRITICAL_BATTERY_PERCENT}::real`;

/** Not heard within the window, whether or not anybody listened. */
export function unheardSql({ now }: CheckTime): Prisma.Sql {
  return Prisma.sql`coalesce(s.last_seen_at < ${now}::timestamptz - ${WINDOW}, false)`;
}

/** Clocks of one farm's machines differ by less. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** Heard later than now: a clock has been set back since. */
export function aheadSql({ now }: CheckTime): Prisma.Sql {
  return Prisma.sql`coalesce(s.last_seen_at > ${now}::timestamptz + make_interval(secs => ${CLOCK_TOLERANCE_SECONDS}::float8), false)`;
}

/** Not heard within the window although somebody listened: what raises an alert. */
export function silentSql(time: CheckTime): Prisma.Sql {
  return Prisma.sql`(${unheardSql(time)}
    AND coalesce(${time.receivingSince}::timestamptz < ${time.now}::timestamptz - ${WINDOW}, true))`;
}

/** Also still silent: a device that was critical stays so until it is heard. */
function deemedSilentSql(time: CheckTime): Prisma.Sql {
  return Prisma.sql`(${unheardSql(time)} AND (s.health_status = 'critical'
    OR coalesce(${time.receivingSince}::timestamptz < ${time.now}::timestamptz - ${WINDOW}, true)))`;
}

/** Below its own threshold, or critical wherever that was set. */
export const BATTERY_LOW = Prisma.sql`coalesce(s.battery_level < greatest(d.low_battery_threshold, ${CRITICAL_BATTERY}), false)`;
export const BATTERY_CRITICAL = Prisma.sql`coalesce(s.battery_level < ${CRITICAL_BATTERY}, false)`;

export function healthStatusSql(time: CheckTime): Prisma.Sql {
  return Prisma.sql`(CASE
    WHEN s.last_seen_at IS NULL THEN 'unknown'
    WHEN ${deemedSilentSql(time)} OR s.error_count > d.high_errors OR ${BATTERY_CRITICAL} THEN 'critical'
    WHEN s.error_count > d.elevated_errors OR coalesce(s.battery_level < d.low_battery_threshold, false) THEN 'warning'
    ELSE 'healthy' END)::health_status`;
}

/** @param status an expression of type health_status */
export function healthScoreSql(status: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`greatest(0, 100
    - CASE ${status} WHEN 'critical' THEN 50 WHEN 'warning' THEN 25 ELSE 0 END
    - CASE WHEN s.battery_level < 20 THEN 20 WHEN s.battery_level < 50 THEN 10 ELSE 0 END
    - CASE WHEN s.signal_strength < -90 THEN 20 WHEN s.signal_strength < -70 THEN 10 ELSE 0 END
    - least(s.error_count * 2, 30))::smallint`;
}

export function needsAttentionSql(time: CheckTime): Prisma.Sql {
  return Prisma.sql`(d.lifecycle NOT IN ('maintenance', 'decommissioned') AND (
    d.calibration_status IN ('due', 'overdue') OR d.firmware_update_status = 'failed' OR (s.last_seen_at IS NOT NULL AND (
      ${deemedSilentSql(time)} OR ${BATTERY_LOW} OR s.error_count > least(d.elevated_errors, d.high_errors)))))`;
}

/** Online as `isOnline` has it, by the database's clock. */
export const ONLINE = Prisma.sql`(s.connected AND coalesce(s.last_seen_at >= now() - ${WINDOW}, false))`;
