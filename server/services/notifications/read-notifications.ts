import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { notificationScopeSql } from "./subject-sql";

/** How many in-app notifications the caller has not looked at. */
export async function countUnread({ ctx }: { ctx: ServiceContext }): Promise<{ unread: number }> {
  const { userId } = requirePerson(ctx.actor);
  const [row] = await ctx.db.$queryRaw<{ unread: bigint }[]>`
    SELECT count(*) AS unread FROM notification n LEFT JOIN device_alert a ON a.id = n.alert_id
    LEFT JOIN rollout_event e ON e.id = n.rollout_event_id LEFT JOIN rollout o ON o.id = e.rollout_id
    WHERE n.user_id = ${userId}::uuid AND n.channel = 'in_app' AND n.state = 'sent' AND n.read_at IS NULL
      AND ${notificationScopeSql(ctx.actor)}`;
  return { unread: Number(row?.unread ?? 0) };
}

/** The caller has seen all of their in-app notifications. @returns how many were new */
export async function markRead({ ctx }: { ctx: ServiceContext }): Promise<{ read: number }> {
  const { userId } = requirePerson(ctx.actor);
  const { count } = await ctx.db.notification.updateMany({
    where: { userId, channel: "in_app", state: "sent", readAt: null },
    data: { readAt: ctx.now },
  });
  return { read: count };
}
