import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { CALM_SECONDS, FLAP_WINDOW_SECONDS, FLAPS_DAMPED } from "@/server/domain/alerts/policy";
import { MONITORED_CONDITIONS } from "@/server/domain/alerts/vocabulary";
import { BATTERY_CRITICAL, BATTERY_LOW, silentSql, unheardSql, type CheckTime } from "@/server/services/health/rules-sql";

export interface AlertChanges {
  raised: number;
  resolved: number;
}

/** What of a fleet is judged. */
interface JudgeScope {
  /** Condition over `d` (device) for those whose turn it is. */
  devices: Prisma.Sql;
  /** The minute's check counts what it still finds; a message from a device only raises and ends. */
  counts: boolean;
}

/** Rows `device_key, farm_id, condition, type, severity, value, raises`: what is wrong, one row a condition. */
function findingSql(time: CheckTime, devices: Prisma.Sql): Prisma.Sql {
  const unheard = unheardSql(time);
  const weak = Prisma.sql`coalesce(s.signal_strength < d.weak_signal_threshold, false)`;
  const failing = Prisma.sql`s.error_count > least(d.elevated_errors, d.high_errors)`;
  const overdue = Prisma.sql`d.calibration_status = 'overdue'`;
  return Prisma.sql`
    SELECT d.id AS device_key, d.farm_id, c.condition, c.type, c.severity, c.value, c.raises
    FROM device d JOIN device_state s ON s.device_key = d.id
    CROSS JOIN LATERAL (VALUES
      ('offline'::alert_condition, 'offline'::alert_type, 'critical'::alert_severity, NULL::float8, ${unheard}, ${silentSql(time)}),
      ('battery', 'low_battery', CASE WHEN ${BATTERY_CRITICAL} THEN 'critical' ELSE 'warning' END::alert_severity, s.battery_level, ${BATTERY_LOW}, true),
      ('signal', 'poor_signal', 'warning', s.signal_strength, ${weak}, true),
      ('errors', CASE WHEN s.error_count > d.high_errors THEN 'high_errors' ELSE 'elevated_errors' END::alert_type,
        CASE WHEN s.error_count > d.high_errors THEN 'critical' ELSE 'warning' END::alert_severity, s.error_count, ${failing}, true),
      ('calibration', 'calibration_overdue', 'warning', NULL, ${overdue}, true)
    ) AS c(condition, type, severity, value, holds, raises)
    WHERE d.lifecycle = 'active' AND ${devices} AND c.holds AND (${unheard} OR ${BATTERY_LOW} OR ${weak} OR ${failing} OR ${overdue})`;
}

/**
 * Brings the alerts of devices in line with what is wrong with them (specification Task 2.2, DESIGN 6), in one
 * statement whatever the number of devices: raises (with a link to the former alert of the condition), follows value
 * and severity, damps what comes and goes, ends what is over or no longer watched, writes the timelines, tells watchers.
 *
 * An offline alert is raised by silence while somebody listened, and ended only by a message. Two judges at once are
 * kept apart by row locks and, for new alerts, by the unique index on open ones.
 */
export async function judgeAlerts(db: Database | Transaction, time: CheckTime, { devices, counts }: JudgeScope): Promise<AlertChanges> {
  const now = Prisma.sql`${time.now}::timestamptz`;
  const [row] = await db.$queryRaw<{ raised: bigint; resolved: bigint }[]>`
    WITH finding AS MATERIALIZED (${findingSql(time, devices)}),
    open AS MATERIALIZED (
      SELECT a.id, a.device_key, a.farm_id, a.condition, a.type, a.severity, a.value, a.flaps, a.cleared_at, d.lifecycle
      FROM device_alert a JOIN device d ON d.id = a.device_key
      WHERE a.state <> 'resolved' AND ${devices}
        AND (a.condition = ANY(${[...MONITORED_CONDITIONS]}::text[]::alert_condition[]) OR d.lifecycle = 'decommissioned')
      ORDER BY a.id FOR UPDATE OF a
    ), matched AS MATERIALIZED (
      -- A full join is hashed whatever the planner expects of the two; a nested loop over them would be quadratic.
      SELECT device_key, condition, f.farm_id, f.type, f.severity, f.value, coalesce(f.raises, false) AS raises,
        coalesce(f.farm_id IS NOT NULL, false) AS is_found, o.id, o.type AS former_type, o.severity AS former_severity,
        o.value AS former_value, o.flaps, o.cleared_at, o.lifecycle
      FROM finding f FULL JOIN open o USING (device_key, condition)
    ), raised AS (
      INSERT INTO device_alert (device_key, farm_id, condition, type, severity, value, first_occurrence, last_occurrence, former_id, flaps)
      SELECT f.device_key, f.farm_id, f.condition, f.type, f.severity, f.value, ${now}, ${now}, former.id,
        CASE WHEN former.resolved_at > ${now} - make_interval(secs => ${FLAP_WINDOW_SECONDS}::float8) AND former.resolved_by_id IS NULL
          THEN former.flaps + 1 ELSE 0 END
      FROM matched f
      LEFT JOIN LATERAL (SELECT p.id, p.resolved_at, p.resolved_by_id, p.flaps FROM device_alert p
        WHERE p.device_key = f.device_key AND p.condition = f.condition ORDER BY p.first_occurrence DESC LIMIT 1) former ON true
      WHERE f.raises AND f.id IS NULL
      ON CONFLICT (device_key, condition) WHERE state <> 'resolved' AND device_key IS NOT NULL DO NOTHING
      RETURNING id, farm_id, severity, value
    ), followed AS (
      UPDATE device_alert a SET type = m.type, severity = m.severity, value = m.value, cleared_at = NULL,
        flaps = a.flaps + CASE WHEN m.cleared_at IS NULL THEN 0 ELSE 1 END,
        occurrence_count = a.occurrence_count + CASE WHEN ${counts} AND m.raises THEN 1 ELSE 0 END,
        last_occurrence = CASE WHEN m.raises THEN ${now} ELSE a.last_occurrence END
      FROM matched m
      WHERE a.id = m.id AND m.is_found AND m.lifecycle = 'active' AND ((${counts} AND m.raises) OR m.cleared_at IS NOT NULL
        OR (m.former_type, m.former_severity) <> (m.type, m.severity) OR m.former_value IS DISTINCT FROM m.value)
      RETURNING a.id, a.farm_id, a.severity, a.value, m.former_severity, m.cleared_at IS NOT NULL AS is_back
    ), gone AS (
      SELECT * FROM matched WHERE id IS NOT NULL AND (NOT is_found OR lifecycle <> 'active')
    ), ended AS (
      UPDATE device_alert a SET state = 'resolved', resolved_at = ${now}, cleared_at = NULL, parent_id = NULL,
        resolution_notes = CASE g.lifecycle WHEN 'active' THEN 'The condition is gone.' WHEN 'maintenance' THEN 'The device is in maintenance.'
          ELSE 'The device is out of service.' END
      FROM gone g
      WHERE a.id = g.id AND (g.lifecycle <> 'active' OR g.flaps < ${FLAPS_DAMPED}::int
        OR g.cleared_at <= ${now} - make_interval(secs => ${CALM_SECONDS}::float8))
      RETURNING a.id, a.farm_id, a.severity, a.value, a.resolution_notes
    ), calmed AS (
      UPDATE device_alert a SET cleared_at = ${now} FROM gone g
      WHERE a.id = g.id AND g.lifecycle = 'active' AND g.flaps >= ${FLAPS_DAMPED}::int AND g.cleared_at IS NULL
      RETURNING a.id, a.farm_id, a.severity, a.value
    ), happened AS (
      SELECT id, farm_id, 'raised'::alert_event_kind AS kind, severity, value, NULL AS note FROM raised
      UNION ALL SELECT id, farm_id, 'severity_changed', severity, value, NULL FROM followed WHERE severity <> former_severity
      UNION ALL SELECT id, farm_id, 'returned', severity, value, NULL FROM followed WHERE is_back
      UNION ALL SELECT id, farm_id, 'calmed', severity, value, NULL FROM calmed
      UNION ALL SELECT id, farm_id, 'auto_resolved', severity, value, resolution_notes FROM ended
    ), noted AS (
      INSERT INTO alert_event (alert_id, at, kind, severity, value, note) SELECT id, ${now}, kind, severity, value, note FROM happened
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'alerts', array_agg(DISTINCT farm_id), array_agg(DISTINCT id::text)
      FROM happened HAVING count(*) > 0
    )
    SELECT (SELECT count(*) FROM raised) AS raised, (SELECT count(*) FROM ended) AS resolved`;
  return { raised: Number(row?.raised ?? 0n), resolved: Number(row?.resolved ?? 0n) };
}
