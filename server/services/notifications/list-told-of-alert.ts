import { notificationsOfAlertSchema } from "@/server/domain/notifications/schema";
import type {
  NotificationChannel,
  NotificationDropReason,
  NotificationKind,
  NotificationState,
} from "@/server/domain/notifications/vocabulary";
import { AppError } from "@/server/errors";
import { alertScopeSql } from "@/server/services/alerts/alert-filter-sql";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

/** Who was told of an alert, is to be told, or was not told and why. */
export interface ToldOfAlert {
  id: string;
  person: string;
  channel: NotificationChannel;
  kind: NotificationKind;
  state: NotificationState;
  dropped: NotificationDropReason | null;
  dueAt: Date;
  sentAt: Date | null;
  error: string | null;
}

const MAX_SHOWN = 200;

/** The record of one alert, for everybody who may see the alert. @throws not_found outside the caller's farms */
export async function listToldOfAlert({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ToldOfAlert[]> {
  const { alertId } = parseInput(notificationsOfAlertSchema, input);
  const [alert] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM device_alert a WHERE a.id = ${alertId}::uuid AND ${alertScopeSql(ctx.actor, "device.read")}`;
  if (!alert) throw new AppError("not_found", "There is no such alert on your farms.");
  return ctx.db.$queryRaw<ToldOfAlert[]>`
    SELECT n.id, u.name AS person, n.channel::text, n.kind::text, n.state::text, n.dropped::text, n.due_at AS "dueAt", n.sent_at AS "sentAt", n.error
    FROM notification n JOIN "user" u ON u.id = n.user_id
    WHERE n.alert_id = ${alertId}::uuid ORDER BY coalesce(n.sent_at, n.due_at), u.name, n.id LIMIT ${MAX_SHOWN}`;
}
