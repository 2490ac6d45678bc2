import type { Database, Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { dueAt, isForDigest, type TellingTimes } from "@/server/domain/notifications/due";
import type { NotificationChannel } from "@/server/domain/notifications/vocabulary";
import { CAN_BE_HANDLED, ROLLOUT_EVENT_SEVERITIES } from "@/server/domain/rollouts/describe-event";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import { canSendMail } from "@/server/services/mail/send-mail";
import { ROLLOUT_MAKER } from "./subject-sql";

/** Events at once; what is more is planned by the next run. */
const MAX_EVENTS = 100;

interface Candidate extends TellingTimes {
  ruleId: string | null;
  userId: string;
  eventId: string;
  channel: NotificationChannel;
  kind: RolloutEventKind;
  at: Date;
}

/**
 * Writes down who is to be told of what has happened to rollouts: whose rules ask for it, and in any case whoever made
 * it; of a completion only if the rollout says so. Each event is planned once, in one transaction of three statements;
 * of two runs at once one gets it. A person is told once by each channel, by the rule that speaks first.
 * @returns how many were planned
 */
export async function planRolloutNotifications(db: Database, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const events = await tx.$queryRaw<{ id: string }[]>`
      WITH new AS (SELECT id FROM rollout_event WHERE planned_at IS NULL ORDER BY at LIMIT ${MAX_EVENTS} FOR UPDATE SKIP LOCKED)
      UPDATE rollout_event e SET planned_at = ${now}::timestamptz FROM new WHERE e.id = new.id RETURNING e.id`;
    if (events.length === 0) return 0;
    const candidates = await findCandidates(
      tx,
      events.map(({ id }) => id),
    );
    const planned = firstByChannel(candidates.map(toRow));
    if (planned.length === 0) return 0;
    return tx.$executeRaw`
      INSERT INTO notification (rule_id, user_id, rollout_event_id, channel, severity, is_digest, due_at, planned_at)
      SELECT r.id, p.user_id, p.event_id, p.channel::notification_channel, p.severity::alert_severity, p.is_digest, p.due_at, ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
        AS p(rule_id uuid, user_id uuid, event_id uuid, channel text, severity text, is_digest boolean, due_at timestamptz)
      -- A rule or a person may have been deleted since they were read.
      JOIN "user" u ON u.id = p.user_id LEFT JOIN notification_rule r ON r.id = p.rule_id
      WHERE p.rule_id IS NULL OR r.id IS NOT NULL
      ON CONFLICT DO NOTHING`;
  });
}

type Row = ReturnType<typeof toRow>;

function toRow({ ruleId, userId, eventId, channel, kind, at, ...times }: Candidate) {
  const severity = ROLLOUT_EVENT_SEVERITIES[kind];
  return {
    rule_id: ruleId,
    user_id: userId,
    event_id: eventId,
    channel,
    severity,
    is_digest: isForDigest(times, severity),
    // Only what somebody can do something about can be escalated.
    due_at: dueAt(CAN_BE_HANDLED[kind] ? times : { ...times, delayMinutes: 0 }, at, severity),
  };
}

/** One a person, event and channel: whatever speaks first; of two at once, a rule. */
function firstByChannel(rows: readonly Row[]): Row[] {
  const order = (a: Row, b: Row) => a.due_at.getTime() - b.due_at.getTime() || Number(a.rule_id === null) - Number(b.rule_id === null);
  const first = new Map<string, Row>();
  for (const row of rows.toSorted(order)) {
    const key = `${row.user_id} ${row.event_id} ${row.channel}`;
    if (!first.has(key)) first.set(key, row);
  }
  return [...first.values()];
}

/**
 * Who made a rollout is told in the console, and by e-mail when no rule of theirs tells them in any case; in their quiet
 * hours not before these end. On the farms of a rollout, a person sees it who may see one of them.
 */
async function findCandidates(tx: Transaction, eventIds: readonly string[]): Promise<Candidate[]> {
  return tx.$queryRaw<Candidate[]>`
    WITH event AS (
      SELECT e.id, e.kind, e.at, o.farm_ids, ${ROLLOUT_MAKER} AS maker_id FROM rollout_event e JOIN rollout o ON o.id = e.rollout_id
      WHERE e.id = ANY(${eventIds}::uuid[]) AND (e.kind <> 'completed' OR o.notify_on_complete)
    ), by_rule AS (
      SELECT r.id AS rule_id, u.id AS user_id, e.id AS event_id, c.channel, e.kind, e.at, r.delay_minutes, r.quiet_from_minute,
        r.quiet_until_minute, r.digest_minute, r.critical_at_once, r.time_zone
      FROM event e JOIN notification_rule r ON r.enabled AND e.kind = ANY(r.rollout_events) AND r.active_since <= e.at
      JOIN "user" u ON u.id = r.user_id AND u.disabled_at IS NULL CROSS JOIN LATERAL unnest(r.channels) AS c(channel)
      WHERE CASE WHEN u.is_admin THEN cardinality(r.farm_ids) = 0 OR r.farm_ids && e.farm_ids
        ELSE EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id AND m.farm_id = ANY(e.farm_ids)
          AND (cardinality(r.farm_ids) = 0 OR m.farm_id = ANY(r.farm_ids))) END
    ), of_maker AS (
      SELECT NULL::uuid, u.id, e.id, c.channel, e.kind, e.at, 0, q.quiet_from_minute, q.quiet_until_minute, NULL::smallint, true,
        coalesce(q.time_zone, 'UTC')
      FROM event e JOIN "user" u ON u.id = e.maker_id AND u.disabled_at IS NULL
      LEFT JOIN LATERAL (SELECT r.quiet_from_minute, r.quiet_until_minute, r.time_zone FROM notification_rule r
        WHERE r.user_id = u.id AND r.enabled AND r.quiet_from_minute IS NOT NULL ORDER BY r.created_at LIMIT 1) q ON true
      CROSS JOIN LATERAL (SELECT 'in_app'::notification_channel UNION ALL SELECT 'email' WHERE ${canSendMail()}
        AND NOT EXISTS (SELECT 1 FROM by_rule b WHERE b.event_id = e.id AND b.user_id = u.id AND b.delay_minutes = 0)) AS c(channel)
      WHERE u.is_admin OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id AND m.farm_id = ANY(e.farm_ids))
    )
    SELECT rule_id AS "ruleId", user_id AS "userId", event_id AS "eventId", channel::text, kind::text, at, delay_minutes AS "delayMinutes",
      quiet_from_minute AS "quietFromMinute", quiet_until_minute AS "quietUntilMinute", digest_minute AS "digestMinute",
      critical_at_once AS "criticalAtOnce", time_zone AS "timeZone"
    FROM (SELECT * FROM by_rule UNION ALL SELECT * FROM of_maker) AS candidate`;
}
