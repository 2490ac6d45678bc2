import type { Database } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { announce, announceEverywhere } from "@/server/services/feed/announce";

/** Puts what is due into people's lists in the console, and tells open consoles. @returns how many */
export async function deliverInApp(db: Database, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const shown = await tx.$queryRaw<{ farmIds: string[] | null }[]>`
      WITH shown AS (
        UPDATE notification SET state = 'sent', sent_at = ${now}::timestamptz
        WHERE channel = 'in_app' AND state = 'waiting' AND due_at <= ${now}::timestamptz RETURNING alert_id, rollout_event_id
      )
      SELECT coalesce(o.farm_ids, CASE WHEN a.farm_id IS NOT NULL THEN ARRAY[a.farm_id] END) AS "farmIds"
      FROM shown s LEFT JOIN device_alert a ON a.id = s.alert_id
      LEFT JOIN rollout_event e ON e.id = s.rollout_event_id LEFT JOIN rollout o ON o.id = e.rollout_id`;
    const farmIds = [...new Set(shown.flatMap((one) => one.farmIds ?? []))];
    if (shown.some((one) => one.farmIds === null)) await announceEverywhere(tx, "notifications", []);
    else if (farmIds.length > 0) await announce(tx, { topic: "notifications", farmIds, ids: [] });
    return shown.length;
  });
}
