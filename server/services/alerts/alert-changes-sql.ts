import { Prisma } from "@/server/db/generated/client";
import { CALM_SECONDS, FLAP_WINDOW_SECONDS, FLAPS_DAMPED } from "@/server/domain/alerts/policy";
import { MONITORED_CONDITIONS } from "@/server/domain/alerts/vocabulary";

/**
 * Common table expressions that bring alerts in line with `finding` (device_key, farm_id, condition, type, severity,
 * value, raises): raise with a link to the former alert of the condition, follow value and severity, damp what comes
 * and goes, end what is over or no longer watched, write the timelines, tell watchers. `raised` and `ended` are what
 * was raised and what ended. Done twice for one moment, the second time changes nothing.
 *
 * An offline alert is raised by silence while somebody listened, and ended only by a message.
 * @param devices condition over `d` (device) for those whose turn it is
 */
export function alertChangesSql(now: Date, devices: Prisma.Sql, counts: boolean): Prisma.Sql {
  const at = Prisma.sql`${now}::timestamptz`;
  return Prisma.sql`
    open AS MATERIALIZED (
      SELECT a.id, a.device_key, a.farm_id, a.condition, a.type, a.severity, a.value, a.flaps, a.cleared_at, a.last_occurrence, d.lifecycle
      FROM device_alert a JOIN device d ON d.id = a.device_key
      WHERE a.state <> 'resolved' AND ${devices}
        AND (a.condition = ANY(${[...MONITORED_CONDITIONS]}::text[]::alert_condition[]) OR d.lifecycle = 'decommissioned')
      ORDER BY a.id FOR UPDATE OF a
    ), matched AS MATERIALIZED (
      -- A full join is hashed whatever the planner expects of the two; a nested loop over them would be quadratic.
      SELECT device_key, condition, f.farm_id, f.type, f.severity, f.value, coalesce(f.raises, false) AS raises,
        coalesce(f.farm_id IS NOT NULL, false) AS is_found, o.id, o.type AS former_type, o.severity AS former_severity,
        o.value AS former_value, o.flaps, o.cleared_at, o.lifecycle, ${counts} AND f.raises AND o.last_occurrence <> ${at} AS counts
      FROM finding f FULL JOIN open o USING (device_key, condition)
    ), fresh AS MATERIALIZED (
      SELECT device_key, condition, farm_id, type, severity, value FROM matched WHERE raises AND id IS NULL
    ), former AS (
      -- For all at once: one by one, a table that is being filled would be read whole for each of them.
      SELECT DISTINCT ON (p.device_key, p.condition) p.device_key, p.condition, p.id, p.resolved_at, p.cleared_at, p.flaps
      FROM fresh JOIN device_alert p ON p.device_key = fresh.device_key AND p.condition = fresh.condition
      ORDER BY p.device_key, p.condition, p.first_occurrence DESC
    ), raised AS (
      INSERT INTO device_alert (device_key, farm_id, condition, type, severity, value, first_occurrence, last_occurrence, former_id, flaps)
      SELECT device_key, fresh.farm_id, condition, fresh.type, fresh.severity, fresh.value, ${at}, ${at}, former.id,
        -- What a person or maintenance ended did not go, so it does not come back.
        CASE WHEN former.cleared_at IS NOT NULL AND former.resolved_at > ${at} - make_interval(secs => ${FLAP_WINDOW_SECONDS}::float8)
          THEN former.flaps + 1 ELSE 0 END
      -- No former one is without a fresh one: full only to be hashed, as above.
      FROM fresh FULL JOIN former USING (device_key, condition)
      ON CONFLICT (device_key, condition) WHERE state <> 'resolved' AND device_key IS NOT NULL DO NOTHING
      RETURNING id, farm_id, severity, value
    ), followed AS (
      UPDATE device_alert a SET type = m.type, severity = m.severity, value = m.value, cleared_at = NULL,
        flaps = a.flaps + CASE WHEN m.cleared_at IS NULL THEN 0 ELSE 1 END,
        occurrence_count = a.occurrence_count + CASE WHEN m.counts THEN 1 ELSE 0 END,
        last_occurrence = CASE WHEN m.raises THEN ${at} ELSE a.last_occurrence END
      FROM matched m
      WHERE a.id = m.id AND m.is_found AND m.lifecycle = 'active' AND (m.counts OR m.cleared_at IS NOT NULL
        OR (m.former_type, m.former_severity) <> (m.type, m.severity) OR m.former_value IS DISTINCT FROM m.value)
      RETURNING a.id, a.farm_id, a.severity, a.value, m.former_severity, m.cleared_at IS NOT NULL AS is_back
    ), gone AS (
      SELECT * FROM matched WHERE id IS NOT NULL AND (NOT is_found OR lifecycle <> 'active')
    ), ended AS (
      UPDATE device_alert a SET state = 'resolved', resolved_at = ${at}, parent_id = NULL,
        cleared_at = CASE WHEN g.lifecycle = 'active' THEN coalesce(g.cleared_at, ${at}) END,
        resolution_notes = CASE g.lifecycle WHEN 'active' THEN 'The condition is gone.' WHEN 'maintenance' THEN 'The device is in maintenance.'
          ELSE 'The device is out of service.' END
      FROM gone g
      WHERE a.id = g.id AND (g.lifecycle <> 'active' OR g.flaps < ${FLAPS_DAMPED}::int
        OR g.cleared_at <= ${at} - make_interval(secs => ${CALM_SECONDS}::float8))
      RETURNING a.id, a.farm_id, a.severity, a.value, a.resolution_notes
    ), calmed AS (
      -- Also where the clock has been set back since: calm that begins in the future would last too long.
      UPDATE device_alert a SET cleared_at = ${at} FROM gone g
      WHERE a.id = g.id AND g.lifecycle = 'active' AND g.flaps >= ${FLAPS_DAMPED}::int AND (g.cleared_at IS NULL OR g.cleared_at > ${at})
      RETURNING a.id, a.farm_id, a.severity, a.value, g.cleared_at IS NULL AS is_news
    ), happened AS (
      SELECT id, farm_id, 'raised'::alert_event_kind AS kind, severity, value, NULL AS note FROM raised
      UNION ALL SELECT id, farm_id, 'severity_changed', severity, value, NULL FROM followed WHERE severity <> former_severity
      UNION ALL SELECT id, farm_id, 'returned', severity, value, NULL FROM followed WHERE is_back
      UNION ALL SELECT id, farm_id, 'calmed', severity, value, NULL FROM calmed WHERE is_news
      UNION ALL SELECT id, farm_id, 'auto_resolved', severity, value, resolution_notes FROM ended
    ), noted AS (
      INSERT INTO alert_event (alert_id, at, kind, severity, value, note) SELECT id, ${at}, kind, severity, value, note FROM happened
    ), told_alerts AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'alerts', array_agg(DISTINCT farm_id), array_agg(DISTINCT id::text)
      FROM happened HAVING count(*) > 0
    )`;
}
