import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { healthScoreSql, healthStatusSql, needsAttentionSql, type CheckTime } from "./rules-sql";

/**
 * Judges the health of the devices that `where` names (over `d`evice and `s`tate) anew and tells watchers: one
 * statement, which writes only the rows whose health changes, in key order as ingest locks them.
 * @returns how many changed
 */
export async function judgeHealth(db: Database | Transaction, time: CheckTime, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ changed: bigint }[]>`
    WITH judged AS (
      SELECT s.device_key, s.device_id, s.farm_id, s.last_seen_at, s.status, s.attention, verdict.score
      -- OFFSET 0 keeps the planner from writing the status out wherever it is used.
      FROM (SELECT s.device_key, d.device_id, d.farm_id, s.last_seen_at, s.battery_level, s.signal_strength, s.error_count,
          s.health_status, s.health_score, s.needs_attention, ${healthStatusSql(time)} AS status, ${needsAttentionSql(time)} AS attention
        FROM device d JOIN device_state s ON s.device_key = d.id WHERE ${where} OFFSET 0) s
      CROSS JOIN LATERAL (SELECT ${healthScoreSql(Prisma.sql`s.status`)} AS score) verdict
      WHERE s.health_status <> s.status OR s.needs_attention <> s.attention OR s.health_score <> verdict.score
    ), locked AS (
      -- Loses to a message that was committed since: it has been judged on arrival.
      SELECT s.device_key FROM device_state s JOIN judged j ON j.device_key = s.device_key
      WHERE s.last_seen_at IS NOT DISTINCT FROM j.last_seen_at
      ORDER BY s.device_key FOR UPDATE OF s
    ), changed AS (
      UPDATE device_state s SET health_status = j.status, health_score = j.score, needs_attention = j.attention,
        last_health_check_at = ${time.now}::timestamptz
      FROM judged j JOIN locked USING (device_key) WHERE s.device_key = j.device_key
      RETURNING j.device_id, j.farm_id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(device_id)
      FROM changed HAVING count(*) > 0
    )
    SELECT count(*) AS changed FROM changed`;
  return Number(row?.changed ?? 0n);
}
