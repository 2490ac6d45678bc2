import { alertMessage } from "@/server/domain/alerts/describe";
import { ALERT_TYPE_LABELS, type AlertSeverity, type AlertType } from "@/server/domain/alerts/vocabulary";
import type { NotificationKind } from "@/server/domain/notifications/vocabulary";
import { rolloutEventMessage, rolloutEventTitle } from "@/server/domain/rollouts/describe-event";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { dropNeedless } from "./drop-needless";
import { ROLLOUT_EVENT, ROLLOUT_EVENT_TABLES, type ToldRolloutEvent } from "./subject-sql";

/** What a browser shows outside its window. */
export interface BrowserNotification {
  /** Where it leads, within the console. */
  path: string;
  /** What is shown under one takes the place of what was. */
  tag: string;
  /** Stays until somebody looks. */
  isUrgent: boolean;
  title: string;
  text: string;
}

type TakenRow = { severity: AlertSeverity } & (
  | { alertId: string; kind: NotificationKind; type: AlertType; value: number | null; message: string | null; place: string | null }
  | { alertId: null; rollout: ToldRolloutEvent }
);

const MAX_SHOWN = 20;

/** Hands the caller's browser what is due for it; of several tabs that ask, one gets each. The gravest come first. */
export async function takeBrowserNotifications({ ctx }: { ctx: ServiceContext }): Promise<BrowserNotification[]> {
  const { userId } = requirePerson(ctx.actor);
  await dropNeedless(ctx.db, ctx.now);
  const taken = await ctx.db.$queryRaw<TakenRow[]>`
    WITH due AS (
      SELECT n.id FROM notification n
      WHERE n.user_id = ${userId}::uuid AND n.channel = 'browser' AND n.state = 'waiting' AND n.due_at <= ${ctx.now}::timestamptz
      ORDER BY n.severity DESC, n.due_at LIMIT ${MAX_SHOWN} FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE notification n SET state = 'sent', sent_at = ${ctx.now}::timestamptz FROM due WHERE n.id = due.id RETURNING n.*
    )
    SELECT n.alert_id AS "alertId", n.kind::text, coalesce(a.severity, n.severity)::text AS severity, a.type::text, a.value, a.message,
      coalesce(d.device_id || ' ' || d.name, g.name, f.name) AS place, ${ROLLOUT_EVENT} AS rollout
    FROM taken n JOIN "user" u ON u.id = n.user_id LEFT JOIN device_alert a ON a.id = n.alert_id LEFT JOIN device d ON d.id = a.device_key
    LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN farm f ON f.id = a.farm_id ${ROLLOUT_EVENT_TABLES}
    ORDER BY coalesce(a.severity, n.severity) DESC, coalesce(a.first_occurrence, e.at)`;
  return taken.map(toShown);
}

function toShown(row: TakenRow): BrowserNotification {
  if (row.alertId === null) {
    const { rollout, severity } = row;
    return {
      path: `/rollouts/${rollout.rolloutId}`,
      tag: rollout.rolloutId,
      isUrgent: severity === "critical",
      title: `${rolloutEventTitle(rollout)}: ${rollout.name}`,
      text: rolloutEventMessage(rollout),
    };
  }
  const { alertId, kind, severity, type, value, message, place } = row;
  return {
    path: `/alerts/${alertId}`,
    tag: alertId,
    isUrgent: severity === "critical" && kind !== "over",
    title: `${kind === "over" ? "Over: " : ""}${ALERT_TYPE_LABELS[type]}${place ? `: ${place}` : ""}`,
    text: alertMessage({ type, value, message }),
  };
}
