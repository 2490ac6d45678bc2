import { alertMessage } from "@/server/domain/alerts/describe";
import { Prisma } from "@/server/db/generated/client";
import type { AlertSeverity, AlertState, AlertType } from "@/server/domain/alerts/vocabulary";
import { listNotificationsSchema } from "@/server/domain/notifications/schema";
import type {
  NotificationChannel,
  NotificationDropReason,
  NotificationKind,
  NotificationState,
} from "@/server/domain/notifications/vocabulary";
import { rolloutEventMessage, rolloutEventTitle } from "@/server/domain/rollouts/describe-event";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import { fieldError } from "@/server/errors";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { notificationScopeSql, ROLLOUT_EVENT, ROLLOUT_EVENT_TABLES, type ToldRolloutEvent } from "./subject-sql";

interface Sending {
  id: string;
  channel: NotificationChannel;
  severity: AlertSeverity;
  state: NotificationState;
  dropped: NotificationDropReason | null;
  dueAt: Date;
  plannedAt: Date;
  sentAt: Date | null;
  readAt: Date | null;
  error: string | null;
  rule: string | null;
}

interface AboutAlert {
  alertId: string;
  kind: NotificationKind;
  alertState: AlertState;
  type: AlertType;
  deviceId: string | null;
  place: string | null;
}

interface AboutRollout {
  rolloutId: string;
  event: RolloutEventKind;
  /** "Rollout paused" */
  title: string;
  name: string;
  /** Nobody has done anything about it since. */
  stands: boolean;
  /** Whether the caller made it, and is told without a rule. */
  isOwn: boolean;
}

type NotificationRow = Sending &
  ((AboutAlert & { value: number | null; message: string | null }) | { alertId: null; rollout: ToldRolloutEvent });

/** What somebody is told, in one sentence, and of what. */
export type NotificationView = Sending & { text: string } & (({ about: "alert" } & AboutAlert) | ({ about: "rollout" } & AboutRollout));

export interface NotificationPage {
  notifications: NotificationView[];
  nextCursor: string | null;
}

/** One page of what the caller was told, is to be told, or was not told and why; the newest first. One statement. */
export async function listNotifications({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<NotificationPage> {
  const { channel, states, cursor, pageSize } = parseInput(listNotificationsSchema, input);
  const { userId } = requirePerson(ctx.actor);
  const rows = await ctx.db.$queryRaw<NotificationRow[]>`
    SELECT n.id, n.alert_id AS "alertId", n.channel::text, n.kind::text, n.severity::text, n.state::text, n.dropped::text, n.due_at AS "dueAt",
      n.planned_at AS "plannedAt", n.sent_at AS "sentAt", n.read_at AS "readAt", n.error, r.name AS rule, a.state::text AS "alertState",
      a.type::text, a.value, a.message, d.device_id AS "deviceId", coalesce(d.name, g.name, f.name) AS place, ${ROLLOUT_EVENT} AS rollout
    FROM notification n JOIN "user" u ON u.id = n.user_id LEFT JOIN notification_rule r ON r.id = n.rule_id
    LEFT JOIN device_alert a ON a.id = n.alert_id LEFT JOIN device d ON d.id = a.device_key
    LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN farm f ON f.id = a.farm_id ${ROLLOUT_EVENT_TABLES}
    WHERE n.user_id = ${userId}::uuid AND ${notificationScopeSql(ctx.actor)}
      ${channel ? Prisma.sql`AND n.channel = ${channel}::notification_channel` : Prisma.empty}
      ${states.length > 0 ? Prisma.sql`AND n.state = ANY(${states}::text[]::notification_state[])` : Prisma.empty}
      ${cursor ? Prisma.sql`AND (n.planned_at, n.id) < (${afterSql(cursor)})` : Prisma.empty}
    ORDER BY n.planned_at DESC, n.id DESC LIMIT ${pageSize + 1}`;
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    notifications: shown.map(toView),
    nextCursor: rows.length > pageSize && last ? `${last.plannedAt.toISOString()}_${last.id}` : null,
  };
}

function toView(row: NotificationRow): NotificationView {
  const { id, channel, severity, state, dropped, dueAt, plannedAt, sentAt, readAt, error, rule } = row;
  const sending = { id, channel, severity, state, dropped, dueAt, plannedAt, sentAt, readAt, error, rule };
  if (row.alertId === null) {
    const { rolloutId, kind, name, stands, isOwn } = row.rollout;
    const [title, text] = [rolloutEventTitle(row.rollout), rolloutEventMessage(row.rollout)];
    return { ...sending, about: "rollout", rolloutId, event: kind, title, name, stands, isOwn, text };
  }
  const { alertId, kind, alertState, type, deviceId, place, value, message } = row;
  return { ...sending, about: "alert", alertId, kind, alertState, type, deviceId, place, text: alertMessage({ type, value, message }) };
}

function afterSql(cursor: string): Prisma.Sql {
  const [at = "", id = ""] = cursor.split("_");
  if (isNaN(Date.parse(at)) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
  }
  return Prisma.sql`${at}::timestamptz, ${id}::uuid`;
}
