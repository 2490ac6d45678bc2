import type { Database } from "@/server/db/client";
import { groupBy } from "@/server/domain/group-by";
import { alertItem, type MailedAlert } from "@/server/domain/notifications/alert-paragraph";
import { type LetterItem, writeLetter } from "@/server/domain/notifications/letter";
import { rolloutItem } from "@/server/domain/notifications/rollout-paragraph";
import { env } from "@/server/env";
import { logFor } from "@/server/log";
import { sendMails, type Mail } from "@/server/services/mail/send-mail";
import { ROLLOUT_EVENT, ROLLOUT_EVENT_TABLES, type ToldRolloutEvent } from "./subject-sql";

const log = logFor("notifications");

/** Claimed at once; what is more goes with the next run. */
const MAX_CLAIMED = 1_000;
/** A sender that has not come back by then has died: somebody else sends it (the same mail may come twice). */
const CLAIM_SECONDS = 300;
/** Minutes until the next attempt, after the first, second … failure; then it is given up. */
const RETRY_MINUTES = [1, 5, 15, 60, 240];

type Claimed = {
  id: string;
  userId: string;
  email: string;
  person: string;
  attempts: number;
  isDigest: boolean;
  rule: string | null;
  timeZone: string;
} & (MailedAlert | { alertId: null; rollout: ToldRolloutEvent; happenedAt: Date });

export interface Delivered {
  sent: number;
  failed: number;
}

/**
 * Sends what is due by e-mail: to each person one message about all of it, the digest apart. A server that does not
 * accept is tried again after 1, 5, 15, 60 and 240 minutes. Statements: one to claim, at most two to record.
 */
export async function deliverMail(db: Database, now: Date): Promise<Delivered> {
  const claimed = await claimMail(db, now);
  const byPerson = [...groupBy(claimed, (row) => `${row.userId} ${String(row.isDigest)}`).values()];
  const results = await sendMails(byPerson.map(mailFor));
  const sent: string[] = [];
  const failed: { id: string; error: string; retry_at: Date | null }[] = [];
  byPerson.forEach((rows, index) => {
    const error = results[index];
    if (error === undefined) sent.push(...rows.map(({ id }) => id));
    else failed.push(...rows.map(({ id, attempts }) => ({ id, error: error.message.slice(0, 500), retry_at: retryAt(attempts, now) })));
  });
  if (failed.length > 0) log.warn({ count: failed.length, reason: failed[0]?.error }, "notifications could not be sent by e-mail");
  await record(db, now, sent, failed);
  return { sent: sent.length, failed: failed.length };
}

function retryAt(attempts: number, now: Date): Date | null {
  const minutes = RETRY_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

function mailFor(rows: readonly Claimed[]): Mail {
  const [{ email, person, isDigest }] = rows as [Claimed, ...Claimed[]];
  const told = rows.map((row) => ({ item: itemOf(row), rule: row.rule, timeZone: row.timeZone }));
  return { to: email, ...writeLetter({ person, isDigest, told, publicUrl: env().PUBLIC_URL }) };
}

function itemOf(row: Claimed): LetterItem {
  return row.alertId === null ? rolloutItem({ ...row.rollout, at: row.happenedAt }) : alertItem(row);
}

/** The guard on state keeps two senders apart: the second finds nothing waiting. */
async function claimMail(db: Database, now: Date): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    WITH due AS (
      SELECT id FROM notification
      WHERE channel = 'email' AND due_at <= ${now}::timestamptz AND (state = 'waiting'
        OR (state = 'sending' AND claimed_at < ${now}::timestamptz - make_interval(secs => ${CLAIM_SECONDS}::float8)))
      ORDER BY due_at LIMIT ${MAX_CLAIMED} FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE notification n SET state = 'sending', claimed_at = ${now}::timestamptz, attempts = n.attempts + 1
      FROM due WHERE n.id = due.id RETURNING n.*
    )
    SELECT n.id, n.user_id AS "userId", u.email, u.name AS person, n.attempts, n.kind::text, n.is_digest AS "isDigest",
      a.id AS "alertId", a.type::text, a.severity::text, a.state::text, a.value, a.message, a.first_occurrence AS "firstOccurrence",
      a.resolved_at AS "resolvedAt", d.device_id AS "deviceId", d.name AS "deviceName", d.type::text AS "deviceType", d.location,
      g.name AS "group", f.name AS farm, r.name AS rule, ${ROLLOUT_EVENT} AS rollout, e.at AS "happenedAt",
      coalesce(r.time_zone, (SELECT w.time_zone FROM farm w WHERE w.id = ANY(o.farm_ids) ORDER BY w.code LIMIT 1), 'UTC') AS "timeZone"
    FROM claimed n JOIN "user" u ON u.id = n.user_id LEFT JOIN notification_rule r ON r.id = n.rule_id
    LEFT JOIN device_alert a ON a.id = n.alert_id LEFT JOIN device d ON d.id = a.device_key LEFT JOIN farm f ON f.id = a.farm_id
    LEFT JOIN device_group g ON g.id = coalesce(a.group_id, d.group_id) ${ROLLOUT_EVENT_TABLES}
    ORDER BY a.severity DESC, coalesce(a.first_occurrence, e.at), n.id`;
}

async function record(
  db: Database,
  now: Date,
  sent: string[],
  failed: { id: string; error: string; retry_at: Date | null }[],
): Promise<void> {
  if (sent.length > 0) {
    await db.$executeRaw`
      UPDATE notification SET state = 'sent', sent_at = ${now}::timestamptz, error = NULL WHERE id = ANY(${sent}::uuid[]) AND state = 'sending'`;
  }
  if (failed.length > 0) {
    await db.$executeRaw`
      UPDATE notification n SET error = f.error, due_at = coalesce(f.retry_at, n.due_at),
        state = CASE WHEN f.retry_at IS NULL THEN 'failed' ELSE 'waiting' END::notification_state
      FROM jsonb_to_recordset(${JSON.stringify(failed)}::jsonb) AS f(id uuid, error text, retry_at timestamptz)
      WHERE n.id = f.id AND n.state = 'sending'`;
  }
}
