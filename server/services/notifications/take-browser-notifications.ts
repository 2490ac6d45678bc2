import { alertMessage } from "@/server/domain/alerts/describe";
import { ALERT_TYPE_LABELS, type AlertSeverity, type AlertType } from "@/server/domain/alerts/vocabulary";
import type { NotificationKind } from "@/server/domain/notifications/vocabulary";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { dropNeedless } from "./drop-needless";

/** What a browser shows outside its window. */
export interface BrowserNotification {
  alertId: string;
  kind: NotificationKind;
  severity: AlertSeverity;
  title: string;
  text: string;
}

interface TakenRow {
  alertId: string;
  kind: NotificationKind;
  severity: AlertSeverity;
  type: AlertType;
  value: number | null;
  message: string | null;
  place: string | null;
}

const MAX_SHOWN = 20;

/** Hands the caller's browser what is due for it; of several tabs that ask, one gets each. The gravest come first. */
export async function takeBrowserNotifications({ ctx }: { ctx: ServiceContext }): Promise<BrowserNotification[]> {
  const { userId } = requireUser(ctx.actor);
  await dropNeedless(ctx.db, ctx.now);
  const taken = await ctx.db.$queryRaw<TakenRow[]>`
    WITH due AS (
      SELECT n.id FROM notification n
      WHERE n.user_id = ${userId}::uuid AND n.channel = 'browser' AND n.state = 'waiting' AND n.due_at <= ${ctx.now}::timestamptz
      ORDER BY n.severity DESC, n.due_at LIMIT ${MAX_SHOWN} FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE notification n SET state = 'sent', sent_at = ${ctx.now}::timestamptz FROM due WHERE n.id = due.id RETURNING n.*
    )
    SELECT n.alert_id AS "alertId", n.kind::text, a.severity::text, a.type::text, a.value, a.message,
      coalesce(d.device_id || ' ' || d.name, g.name, f.name) AS place
    FROM taken n JOIN device_alert a ON a.id = n.alert_id LEFT JOIN device d ON d.id = a.device_key
    LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN farm f ON f.id = a.farm_id
    ORDER BY a.severity DESC, a.first_occurrence`;
  return taken.map(({ alertId, kind, severity, type, value, message, place }) => ({
    alertId,
    kind,
    severity,
    title: `${kind === "over" ? "Over: " : ""}${ALERT_TYPE_LABELS[type]}${place ? `: ${place}` : ""}`,
    text: alertMessage({ type, value, message }),
  }));
}
