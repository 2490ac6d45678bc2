import {
  listNotificationsSchema,
  notificationRuleIdSchema,
  notificationsOfAlertSchema,
  saveNotificationRuleSchema,
} from "@/server/domain/notifications/schema";
import { deleteNotificationRule } from "@/server/services/notifications/delete-rule";
import { listNotifications } from "@/server/services/notifications/list-notifications";
import { listNotificationRules } from "@/server/services/notifications/list-rules";
import { listToldOfAlert } from "@/server/services/notifications/list-told-of-alert";
import { countUnread, markRead } from "@/server/services/notifications/read-notifications";
import { saveNotificationRule } from "@/server/services/notifications/save-rule";
import { sendTestNotification } from "@/server/services/notifications/send-test";
import { takeBrowserNotifications } from "@/server/services/notifications/take-browser-notifications";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const notificationsRouter = router({
  rules: procedure.query(({ ctx }) => listNotificationRules({ ctx: ctx.service })),
  saveRule: procedure
    .input(inputOf(saveNotificationRuleSchema))
    .mutation(({ ctx, input }) => saveNotificationRule({ ctx: ctx.service, input })),
  deleteRule: procedure
    .input(inputOf(notificationRuleIdSchema))
    .mutation(({ ctx, input }) => deleteNotificationRule({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(listNotificationsSchema)).query(({ ctx, input }) => listNotifications({ ctx: ctx.service, input })),
  unread: procedure.query(({ ctx }) => countUnread({ ctx: ctx.service })),
  markRead: procedure.mutation(({ ctx }) => markRead({ ctx: ctx.service })),
  /** A mutation: each is handed out once. */
  take: procedure.mutation(({ ctx }) => takeBrowserNotifications({ ctx: ctx.service })),
  ofAlert: procedure.input(inputOf(notificationsOfAlertSchema)).query(({ ctx, input }) => listToldOfAlert({ ctx: ctx.service, input })),
  sendTest: procedure.mutation(({ ctx }) => sendTestNotification({ ctx: ctx.service })),
});
