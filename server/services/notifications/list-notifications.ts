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
import { fieldError } from "@/server/errors";
import { alertScopeSql } from "@/server/services/alerts/alert-filter-sql";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

interface NotificationRow {
  id: string;
  alertId: string;
  channel: NotificationChannel;
  kind: NotificationKind;
  severity: AlertSeverity;
  state: NotificationState;
  dropped: NotificationDropReason | null;
  dueAt: Date;
  plannedAt: Date;
  sentAt: Date | null;
  readAt: Date | null;
  error: string | null;
  rule: string | null;
  alertState: AlertState;
  type: AlertType;
  value: number | null;
  message: string | null;
  deviceId: string | null;
  place: string | null;
}

export type NotificationView = Omit<NotificationRow, "value" | "message"> & { text: string };

export interface NotificationPage {
  notifications: NotificationView[];
  nextCursor: string | null;
}

/** One page of what the caller was told, is to be told, or was not told and why; the newest first. One statement. */
export async function listNotifications({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<NotificationPage> {
  const { channel, states, cursor, pageSize } = parseInput(listNotificationsSchema, input);
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db.$queryRaw<NotificationRow[]>`
    SELECT n.id, n.alert_id AS "alertId", n.channel::text, n.kind::text, n.severity::text, n.state::text, n.dropped::text, n.due_at AS "dueAt",
      n.planned_at AS "plannedAt", n.sent_at AS "sentAt", n.read_at AS "readAt", n.error, r.name AS rule, a.state::text AS "alertState",
      a.type::text, a.value, a.message, d.device_id AS "deviceId", coalesce(d.name, g.name, f.name) AS place
    FROM notification n JOIN device_alert a ON a.id = n.alert_id LEFT JOIN notification_rule r ON r.id = n.rule_id
    LEFT JOIN device d ON d.id = a.device_key LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN farm f ON f.id = a.farm_id
    WHERE n.user_id = ${userId}::uuid AND ${alertScopeSql(ctx.actor, "device.read")}
      ${channel ? Prisma.sql`AND n.channel = ${channel}::notification_channel` : Prisma.empty}
      ${states.length > 0 ? Prisma.sql`AND n.state = ANY(${states}::text[]::notification_state[])` : Prisma.empty}
      ${cursor ? Prisma.sql`AND (n.planned_at, n.id) < (${afterSql(cursor)})` : Prisma.empty}
    ORDER BY n.planned_at DESC, n.id DESC LIMIT ${pageSize + 1}`;
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    notifications: shown.map(({ value, message, ...row }) => ({ ...row, text: alertMessage({ type: row.type, value, message }) })),
    nextCursor: rows.length > pageSize && last ? `${last.plannedAt.toISOString()}_${last.id}` : null,
  };
}

function afterSql(cursor: string): Prisma.Sql {
  const [at = "", id = ""] = cursor.split("_");
  if (isNaN(Date.parse(at)) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
  }
  return Prisma.sql`${at}::timestamptz, ${id}::uuid`;
}
