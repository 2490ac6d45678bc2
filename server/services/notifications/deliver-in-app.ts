import type { Database } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { announce, announceEverywhere } from "@/server/services/feed/announce";

/** Puts what is due into people's lists in the console, and tells open consoles. @returns how many */
export async function deliverInApp(db: Database, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const shown = await tx.$queryRaw<{ farmId: string | null }[]>`
      UPDATE notification n SET state = 'sent', sent_at = ${now}::timestamptz FROM device_alert a
      WHERE n.channel = 'in_app' AND n.state = 'waiting' AND n.due_at <= ${now}::timestamptz AND a.id = n.alert_id
      RETURNING a.farm_id AS "farmId"`;
    const farmIds = [...new Set(shown.flatMap(({ farmId }) => farmId ?? []))];
    if (shown.some(({ farmId }) => farmId === null)) await announceEverywhere(tx, "notifications", []);
    else if (farmIds.length > 0) await announce(tx, { topic: "notifications", farmIds, ids: [] });
    return shown.length;
  });
}
