import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { AlertSeverity } from "@/server/domain/alerts/vocabulary";
import { dueAt, isForDigest, type TellingTimes } from "@/server/domain/notifications/due";
import type { NotificationChannel, NotificationKind } from "@/server/domain/notifications/vocabulary";

/** Planned at once; what is more is planned by the next run. */
const MAX_PLANNED = 10_000;
/** An end is told while it is news. */
const OVER_IS_NEWS_HOURS = 24;

interface Candidate extends TellingTimes {
  ruleId: string;
  userId: string;
  alertId: string;
  channel: NotificationChannel;
  kind: NotificationKind;
  severity: AlertSeverity;
  at: Date;
  isFlapping: boolean;
}

/**
 * Writes down who is to be told of what, how and when: alerts that have begun, got worse or ended since, by the rules
 * of those who may see them. Two statements, however many; what is planned already is not planned again.
 * @returns how many were planned
 */
export async function planAlertNotifications(db: Database, now: Date): Promise<number> {
  const candidates = await db.$queryRaw<Candidate[]>`
    WITH wanted AS (${raisedSql()} UNION ALL ${worsenedSql()} UNION ALL ${overSql(now)})
    SELECT w.rule_id AS "ruleId", r.user_id AS "userId", w.alert_id AS "alertId", w.channel::text, w.kind, w.severity::text, w.at,
      w.is_flapping AS "isFlapping", r.delay_minutes AS "delayMinutes", r.quiet_from_minute AS "quietFromMinute",
      r.quiet_until_minute AS "quietUntilMinute", r.digest_minute AS "digestMinute", r.critical_at_once AS "criticalAtOnce",
      r.time_zone AS "timeZone"
    FROM wanted w JOIN notification_rule r ON r.id = w.rule_id
    WHERE NOT EXISTS (SELECT 1 FROM notification n
      WHERE n.rule_id = w.rule_id AND n.alert_id = w.alert_id AND n.channel = w.channel AND n.kind::text = w.kind)
    ORDER BY w.at LIMIT ${MAX_PLANNED}`;
  if (candidates.length === 0) return 0;
  const rows = candidates.map(({ ruleId, userId, alertId, channel, kind, severity, at, isFlapping, ...times }) => ({
    rule_id: ruleId,
    user_id: userId,
    alert_id: alertId,
    channel,
    kind,
    severity,
    is_digest: isForDigest(times, severity),
    state: isFlapping ? "dropped" : "waiting",
    dropped: isFlapping ? "flapping" : null,
    // Only the beginning can be escalated: whoever is told of the end has been told of the beginning.
    due_at: dueAt(kind === "raised" ? times : { ...times, delayMinutes: 0 }, at, severity),
  }));
  return db.$executeRaw`
    INSERT INTO notification (rule_id, user_id, alert_id, channel, kind, severity, is_digest, state, dropped, due_at, planned_at)
    SELECT p.rule_id, p.user_id, p.alert_id, p.channel::notification_channel, p.kind::notification_kind, p.severity::alert_severity,
      p.is_digest, p.state::notification_state, p.dropped::notification_drop_reason, p.due_at, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p(rule_id uuid, user_id uuid, alert_id uuid, channel text, kind text,
      severity text, is_digest boolean, state text, dropped text, due_at timestamptz)
    -- A rule or an alert may have been deleted since it was read.
    WHERE EXISTS (SELECT 1 FROM notification_rule r WHERE r.id = p.rule_id) AND EXISTS (SELECT 1 FROM device_alert a WHERE a.id = p.alert_id)
    ON CONFLICT DO NOTHING`;
}

/** `r`ule and `u`ser of everybody who may be told of an `a`lert; the system's own alerts are for admins. */
const MAY_BE_TOLD = Prisma.sql`u.disabled_at IS NULL AND (u.is_admin
  OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = r.user_id AND m.farm_id = a.farm_id))`;

function raisedSql(): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id AS rule_id, a.id AS alert_id, c.channel, 'raised' AS kind, a.severity, a.first_occurrence AS at,
      a.flaps > 0 AND EXISTS (SELECT 1 FROM notification n
        WHERE n.rule_id = r.id AND n.alert_id = a.former_id AND n.channel = c.channel AND n.kind = 'raised') AS is_flapping
    FROM notification_rule r JOIN "user" u ON u.id = r.user_id CROSS JOIN LATERAL unnest(r.channels) AS c(channel)
    JOIN device_alert a ON a.state = 'active' AND a.parent_id IS NULL AND a.first_occurrence >= r.active_since
      AND a.severity >= r.min_severity AND (a.farm_id = ANY(r.farm_ids) OR cardinality(r.farm_ids) = 0)
      AND (a.type = ANY(r.types) OR cardinality(r.types) = 0)
    WHERE r.enabled AND r.about_alerts AND ${MAY_BE_TOLD}`;
}

function worsenedSql(): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, a.id, n.channel, 'worsened', a.severity, a.last_occurrence, false
    FROM notification n JOIN notification_rule r ON r.id = n.rule_id AND r.enabled JOIN "user" u ON u.id = r.user_id
    JOIN device_alert a ON a.id = n.alert_id AND a.state <> 'resolved' AND a.parent_id IS NULL
    WHERE n.kind = 'raised' AND n.state = 'sent' AND a.severity > n.severity AND ${MAY_BE_TOLD}`;
}

function overSql(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, a.id, n.channel, 'over', a.severity, a.resolved_at, false
    FROM notification n JOIN notification_rule r ON r.id = n.rule_id AND r.enabled AND r.tell_when_over JOIN "user" u ON u.id = r.user_id
    JOIN device_alert a ON a.id = n.alert_id AND a.state = 'resolved' AND a.resolved_by_id IS DISTINCT FROM r.user_id
      AND a.resolved_at > ${now}::timestamptz - make_interval(hours => ${OVER_IS_NEWS_HOURS}::int)
    WHERE n.kind = 'raised' AND n.state = 'sent' AND ${MAY_BE_TOLD}`;
}
