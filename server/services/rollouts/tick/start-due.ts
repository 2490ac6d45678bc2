import type { Transaction } from "@/server/db/client";

/** Begins what is due: scheduled → in progress, and its first stage opens. One statement. @returns how many */
export async function startDue(tx: Transaction, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH started AS (
      UPDATE rollout SET state = 'in_progress', started_at = ${now}::timestamptz, version = version + 1, updated_at = ${now}::timestamptz
      WHERE state = 'scheduled' AND scheduled_at <= ${now}::timestamptz RETURNING id, farm_ids
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'rollouts', farm_ids, ARRAY[id::text] FROM started
    )
    UPDATE rollout_stage g SET state = 'open', opened_at = ${now}::timestamptz
    FROM started WHERE g.rollout_id = started.id AND g.position = 0 AND g.state = 'waiting'`;
}
