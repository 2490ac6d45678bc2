import type { Database } from "@/server/db/client";
import { EVENT_STANDS, MAY_BE_TOLD, ROLLOUT_EVENT_TABLES } from "./subject-sql";

/** So long a browser may take to show something before it is no news any more. */
const SHOWN_WITHIN_MINUTES = 15;

/**
 * Lets go of what is due and needs no telling any more: it is over, in somebody's hands, asleep, spoken for by a group
 * alert, or the person may not see it now. What a digest tells is told with how it stands. One statement.
 * @returns how many were dropped
 */
export async function dropNeedless(db: Database, now: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE notification SET state = 'dropped', dropped = needless.reason::notification_drop_reason
    FROM (
      SELECT n.id, CASE
        WHEN NOT ${MAY_BE_TOLD} THEN 'not_allowed'
        WHEN n.channel = 'browser' AND n.due_at < ${now}::timestamptz - make_interval(mins => ${SHOWN_WITHIN_MINUTES}::int) THEN 'not_shown'
        WHEN n.is_digest OR n.kind = 'over' THEN NULL
        WHEN e.id IS NOT NULL THEN CASE
          WHEN ${EVENT_STANDS} THEN NULL
          -- That it stopped is told in any case, unless the rule asks only for what nobody has done anything about.
          WHEN e.kind = 'awaiting_approval' OR r.delay_minutes > 0 THEN 'over' END
        WHEN a.parent_id IS NOT NULL THEN 'grouped'
        WHEN a.state = 'resolved' THEN 'over'
        WHEN a.state = 'acknowledged' AND n.kind = 'raised' THEN 'acknowledged'
        WHEN a.snoozed_until > ${now}::timestamptz THEN 'snoozed'
      END AS reason
      FROM notification n JOIN "user" u ON u.id = n.user_id LEFT JOIN notification_rule r ON r.id = n.rule_id
      LEFT JOIN device_alert a ON a.id = n.alert_id ${ROLLOUT_EVENT_TABLES}
      WHERE n.state = 'waiting' AND n.due_at <= ${now}::timestamptz
    ) needless
    WHERE notification.id = needless.id AND needless.reason IS NOT NULL AND notification.state = 'waiting'`;
}
