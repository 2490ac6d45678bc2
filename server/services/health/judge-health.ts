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
      SELECT d.id, d.device_id, d.farm_id, health.status, verdict.score, verdict.attention
      FROM device d JOIN device_state s ON s.device_key = d.id
      CROSS JOIN LATERAL (SELECT ${healthStatusSql(time)} AS status) health
      CROSS JOIN LATERAL (SELECT ${healthScoreSql(Prisma.sql`health.status`)} AS score, ${needsAttentionSql(time)} AS attention) verdict
      WHERE ${where}
        AND (s.health_status <> health.status OR s.health_score <> verdict.score OR s.needs_attention <> verdict.attention)
      ORDER BY d.id FOR UPDATE OF s
    ), changed AS (
      UPDATE device_state s SET health_status = j.status, health_score = j.score, needs_attention = j.attention,
        last_health_check_at = ${time.now}::timestamptz
      FROM judged j WHERE s.device_key = j.id
      RETURNING j.device_id, j.farm_id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(device_id)
      FROM changed HAVING count(*) > 0
    )
    SELECT count(*) AS changed FROM changed`;
  return Number(row?.changed ?? 0n);
}
