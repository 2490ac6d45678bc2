import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { announce } from "@/server/services/feed/announce";

/** Columns that an UPDATE of `rollout_target t` has to return for {@link moveTargets}. */
export const MOVED_COLUMNS = Prisma.sql`t.id, t.rollout_id, t.device_key, t.firmware_id, t.state, t.from_version, t.sent_at, t.command_id,
  t.failure_code, t.error, t.reason`;

interface MovedRow {
  moved: number;
  farm_ids: string[] | null;
  device_ids: string[] | null;
  rollout_ids: string[] | null;
}

/**
 * Moves targets and everything that follows from it, in one statement: the log, what stands on the device, the command
 * in the outbox, and the alert that an update failed (raised or counted) or that a later one has made up for (ended).
 * @param update an UPDATE of `rollout_target t` whose WHERE names the states it may come from, without RETURNING
 * @returns how many have moved
 */
export async function moveTargets(tx: Transaction, now: Date, update: Prisma.Sql): Promise<number> {
  const at = Prisma.sql`${now}::timestamptz`;
  const [row] = await tx.$queryRaw<MovedRow[]>`
    WITH moved AS (${update} RETURNING ${MOVED_COLUMNS}), told AS (
      SELECT m.*, w.version, d.device_id, d.farm_id, m.state >= 'completed' AS has_ended, m.state IN ('failed', 'rolled_back', 'timed_out') AS has_failed,
        (CASE
          WHEN m.state IN ('pending', 'held', 'sent') THEN 'scheduled' WHEN m.state IN ('downloading', 'downloaded') THEN 'downloading'
          WHEN m.state IN ('installing', 'verifying') THEN 'installing' WHEN m.state = 'completed' THEN 'completed'
          WHEN m.state = 'rolled_back' THEN 'rolled_back' WHEN m.state IN ('failed', 'timed_out') THEN 'failed' ELSE 'none' END)::firmware_update_status AS status
      FROM moved m JOIN firmware_version w ON w.id = m.firmware_id JOIN device d ON d.id = m.device_key
    ), logged AS (
      INSERT INTO rollout_log (rollout_id, target_id, device_key, at, state, previous_version, target_version, duration_seconds, detail)
      SELECT rollout_id, id, device_key, ${at}, state, from_version, version,
        CASE WHEN has_ended THEN extract(epoch FROM ${at} - sent_at)::int END, coalesce(error, failure_code, reason) FROM told
    ), devices AS (
      UPDATE device d SET firmware_update_status = t.status,
        target_firmware_version = CASE WHEN t.state IN ('completed', 'skipped', 'cancelled') THEN NULL ELSE t.version END,
        firmware_update_completed_at = CASE WHEN t.state = 'completed' THEN ${at} ELSE d.firmware_update_completed_at END,
        firmware_update_error = CASE WHEN t.has_failed THEN coalesce(t.error, t.failure_code) END
      FROM told t WHERE d.id = t.device_key
        -- Half of the moves change nothing that stands on the device.
        AND (t.has_ended OR (d.firmware_update_status, d.target_firmware_version) IS DISTINCT FROM (t.status, t.version::text) OR d.firmware_update_error IS NOT NULL)
    ), commands AS (
      UPDATE device_command c SET finished_at = ${at}, state = (CASE t.state WHEN 'completed' THEN 'succeeded' WHEN 'cancelled' THEN 'cancelled'
        WHEN 'timed_out' THEN 'expired' ELSE 'failed' END)::command_state, error = coalesce(t.error, t.failure_code)
      FROM told t WHERE c.id = t.command_id AND t.has_ended AND c.state IN ('queued', 'sent', 'acknowledged')
    ), raised AS (
      INSERT INTO device_alert AS a (device_key, farm_id, condition, type, severity, message, first_occurrence, last_occurrence, former_id)
      SELECT device_key, farm_id, 'firmware', 'firmware_failed', 'warning', 'Update to ' || version || ' failed: ' || coalesce(error, failure_code, 'no reason given'),
        ${at}, ${at}, (SELECT p.id FROM device_alert p WHERE p.device_key = t.device_key AND p.condition = 'firmware' ORDER BY p.first_occurrence DESC LIMIT 1)
      FROM told t WHERE has_failed
      ON CONFLICT (device_key, condition) WHERE state <> 'resolved' AND device_key IS NOT NULL
      DO UPDATE SET occurrence_count = a.occurrence_count + 1, last_occurrence = excluded.last_occurrence, message = excluded.message
      RETURNING id, farm_id, severity, occurrence_count = 1 AS is_new, message
    ), ended AS (
      UPDATE device_alert a SET state = 'resolved', resolved_at = ${at}, resolution_notes = 'The device was updated to ' || t.version || '.'
      FROM told t WHERE t.state = 'completed' AND a.device_key = t.device_key AND a.condition = 'firmware' AND a.state <> 'resolved'
      RETURNING a.id, a.farm_id, a.severity
    ), events AS (
      INSERT INTO alert_event (alert_id, at, kind, severity, note)
      SELECT id, ${at}, (CASE WHEN is_new THEN 'raised' ELSE 'note' END)::alert_event_kind, severity, message FROM raised
      UNION ALL SELECT id, ${at}, 'auto_resolved', severity, NULL FROM ended
    ), alerts_feed AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'alerts', array_agg(DISTINCT farm_id), array_agg(id::text)
      FROM (SELECT id, farm_id FROM raised UNION ALL SELECT id, farm_id FROM ended) x HAVING count(*) > 0
    )
    SELECT count(*)::int AS moved, array_agg(DISTINCT farm_id) AS farm_ids, array_agg(device_id) AS device_ids,
      array_agg(DISTINCT rollout_id) AS rollout_ids FROM told`;
  if (!row || row.moved === 0) return 0;
  const farmIds = row.farm_ids ?? [];
  await announce(tx, { topic: "rollouts", farmIds, ids: row.rollout_ids ?? [] });
  await announce(tx, { topic: "devices", farmIds, ids: row.device_ids ?? [] });
  return row.moved;
}
