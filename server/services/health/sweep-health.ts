import type { Database } from "@/server/db/client";
import { DEFAULT_OFFLINE_WINDOW_SECONDS } from "@/server/domain/health/presence";

/**
 * Re-judges devices that fell silent: what is heard is judged on arrival, so only silence needs a sweep. One statement
 * for the fleet, plus one that tells the watchers; writes only rows whose health changes.
 * @returns how many devices changed
 */
export async function sweepHealth(db: Database): Promise<{ changed: number }> {
  const [row] = await db.$queryRaw<{ changed: bigint }[]>`
    WITH fallen AS (
      UPDATE device_state s SET
        health_status = 'critical', needs_attention = true, last_health_check_at = now(),
        health_score = greatest(0, s.health_score - CASE s.health_status WHEN 'healthy' THEN 50 WHEN 'warning' THEN 25 ELSE 0 END)
      FROM device d
      WHERE d.id = s.device_key AND d.lifecycle = 'active' AND (s.health_status IN ('healthy', 'warning') OR NOT s.needs_attention)
        AND s.last_seen_at < now() - make_interval(secs => ${DEFAULT_OFFLINE_WINDOW_SECONDS}::float8)
      RETURNING d.device_id, d.farm_id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(device_id)
      FROM fallen HAVING count(*) > 0
    )
    SELECT count(*) AS changed FROM fallen`;
  return { changed: Number(row?.changed ?? 0n) };
}
