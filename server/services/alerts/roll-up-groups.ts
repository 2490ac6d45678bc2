import type { Database } from "@/server/db/client";
import { MIN_GROUP_THRESHOLD } from "@/server/domain/alerts/policy";

/**
 * Where the offline devices of a group and the groups in it reach its threshold, one alert speaks for them all (DESIGN
 * 6); of a group and one above it, the one above. A group that spans farms is counted farm by farm, so that nobody
 * learns of another farm's devices. The members' own alerts stay open under it and are freed when it ends. One statement.
 * @returns group alerts raised and resolved
 */
export async function rollUpGroups(db: Database, now: Date): Promise<{ raised: number; resolved: number }> {
  const [row] = await db.$queryRaw<{ raised: bigint; resolved: bigint }[]>`
    WITH RECURSIVE above AS (
      SELECT id AS group_id, id AS above_id, parent_id, offline_alert_threshold AS threshold, active FROM device_group
      UNION ALL
      SELECT a.group_id, g.id, g.parent_id, g.offline_alert_threshold, g.active FROM above a JOIN device_group g ON g.id = a.parent_id
    ), offline AS (
      SELECT a.id, a.farm_id, a.parent_id, d.group_id
      FROM device_alert a JOIN device d ON d.id = a.device_key
      WHERE a.condition = 'offline' AND a.state <> 'resolved'
    ), reached AS (
      SELECT above.above_id AS group_id, o.farm_id, count(*) AS devices
      FROM offline o JOIN above ON above.group_id = o.group_id
      WHERE above.active AND above.threshold >= ${MIN_GROUP_THRESHOLD}::int
      GROUP BY above.above_id, o.farm_id, above.threshold HAVING count(*) >= above.threshold
    ), topmost AS (
      SELECT r.* FROM reached r WHERE NOT EXISTS (
        SELECT 1 FROM above JOIN reached higher ON higher.group_id = above.above_id
        WHERE above.group_id = r.group_id AND above.above_id <> r.group_id AND higher.farm_id = r.farm_id)
    ), open AS MATERIALIZED (
      SELECT a.id, a.group_id, a.farm_id FROM device_alert a WHERE a.group_id IS NOT NULL AND a.state <> 'resolved' ORDER BY a.id FOR UPDATE
    ), ended AS (
      UPDATE device_alert a SET state = 'resolved', resolved_at = ${now}::timestamptz, resolution_notes = 'Enough devices are back.'
      FROM open o WHERE a.id = o.id AND NOT EXISTS (SELECT 1 FROM topmost t WHERE t.group_id = o.group_id AND t.farm_id = o.farm_id)
      RETURNING a.id, a.farm_id, a.value
    ), followed AS (
      UPDATE device_alert a SET value = t.devices, last_occurrence = ${now}::timestamptz,
        occurrence_count = a.occurrence_count + CASE WHEN a.last_occurrence = ${now}::timestamptz THEN 0 ELSE 1 END
      FROM open o JOIN topmost t USING (group_id, farm_id) WHERE a.id = o.id RETURNING a.id, a.group_id, a.farm_id
    ), raised AS (
      INSERT INTO device_alert (group_id, farm_id, condition, type, severity, value, first_occurrence, last_occurrence, former_id)
      SELECT t.group_id, t.farm_id, 'group_offline', 'group_offline', 'critical', t.devices, ${now}::timestamptz, ${now}::timestamptz,
        (SELECT p.id FROM device_alert p WHERE p.group_id = t.group_id AND p.farm_id = t.farm_id ORDER BY p.first_occurrence DESC LIMIT 1)
      FROM topmost t WHERE NOT EXISTS (SELECT 1 FROM open o WHERE o.group_id = t.group_id AND o.farm_id = t.farm_id)
      ON CONFLICT (group_id, farm_id) WHERE state <> 'resolved' AND group_id IS NOT NULL DO NOTHING
      RETURNING id, group_id, farm_id, value
    ), speaking AS (
      SELECT id, group_id, farm_id FROM raised UNION ALL SELECT id, group_id, farm_id FROM followed
    ), spoken_for AS (
      SELECT o.id, max(s.id::text)::uuid AS parent_id
      FROM offline o LEFT JOIN above ON above.group_id = o.group_id
      LEFT JOIN speaking s ON s.group_id = above.above_id AND s.farm_id = o.farm_id
      GROUP BY o.id
    ), linked AS (
      UPDATE device_alert a SET parent_id = f.parent_id FROM spoken_for f WHERE a.id = f.id AND a.parent_id IS DISTINCT FROM f.parent_id
      RETURNING a.id, a.farm_id
    ), noted AS (
      INSERT INTO alert_event (alert_id, at, kind, severity, value, note)
      SELECT id, ${now}::timestamptz, 'raised'::alert_event_kind, 'critical'::alert_severity, value, NULL FROM raised
      UNION ALL SELECT id, ${now}::timestamptz, 'auto_resolved', 'critical', value, 'Enough devices are back.' FROM ended
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'alerts', array_agg(DISTINCT farm_id), array_agg(DISTINCT id::text)
      FROM (SELECT id, farm_id FROM raised UNION SELECT id, farm_id FROM ended UNION SELECT id, farm_id FROM linked) AS c HAVING count(*) > 0
    )
    SELECT (SELECT count(*) FROM raised) AS raised, (SELECT count(*) FROM ended) AS resolved`;
  return { raised: Number(row?.raised ?? 0n), resolved: Number(row?.resolved ?? 0n) };
}
