import type { Database } from "@/server/db/client";

/** So long a browser may take to show something before it is no news any more. */
const SHOWN_WITHIN_MINUTES = 15;

/**
 * Lets go of what is due and needs no telling any more: it is over, in somebody's hands, asleep, spoken for by a group
 * alert, or the person may not see it now. What a digest tells is told with how it stands. One statement.
 * @returns how many were dropped
 */
export async function dropNeedless(db: Database, now: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE notification n SET state = 'dropped', dropped = needless.reason::notification_drop_reason
    FROM (
      SELECT w.id, CASE
        WHEN u.disabled_at IS NOT NULL OR NOT (u.is_admin
          OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = w.user_id AND m.farm_id = a.farm_id)) THEN 'not_allowed'
        WHEN w.channel = 'browser' AND w.due_at < ${now}::timestamptz - make_interval(mins => ${SHOWN_WITHIN_MINUTES}::int) THEN 'not_shown'
        WHEN w.is_digest OR w.kind = 'over' THEN NULL
        WHEN a.parent_id IS NOT NULL THEN 'grouped'
        WHEN a.state = 'resolved' THEN 'over'
        WHEN a.state = 'acknowledged' AND w.kind = 'raised' THEN 'acknowledged'
        WHEN a.snoozed_until > ${now}::timestamptz THEN 'snoozed'
      END AS reason
      FROM notification w JOIN device_alert a ON a.id = w.alert_id JOIN "user" u ON u.id = w.user_id
      WHERE w.state = 'waiting' AND w.due_at <= ${now}::timestamptz
    ) needless
    WHERE n.id = needless.id AND needless.reason IS NOT NULL AND n.state = 'waiting'`;
}
