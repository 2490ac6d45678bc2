import type { NotificationRuleInput } from "@/server/domain/notifications/schema";
import type { Prisma } from "@/server/db/generated/client";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { canSendMail } from "@/server/services/mail/send-mail";

export type NotificationRuleView = NotificationRuleInput & { id: string; version: number };

export interface NotificationRulesView {
  rules: NotificationRuleView[];
  /** Whether this installation can send e-mail at all (`SMTP_URL`). */
  canSendMail: boolean;
}

export const RULE_FIELDS = {
  id: true,
  version: true,
  name: true,
  enabled: true,
  farmIds: true,
  aboutAlerts: true,
  minSeverity: true,
  types: true,
  rolloutEvents: true,
  channels: true,
  delayMinutes: true,
  quietFromMinute: true,
  quietUntilMinute: true,
  digestMinute: true,
  criticalAtOnce: true,
  tellWhenOver: true,
  timeZone: true,
} satisfies Prisma.NotificationRuleSelect;

/** What the caller has asked to be told. */
export async function listNotificationRules({ ctx }: { ctx: ServiceContext }): Promise<NotificationRulesView> {
  const { userId } = requirePerson(ctx.actor);
  const rules = await ctx.db.notificationRule.findMany({
    where: { userId },
    select: RULE_FIELDS,
    orderBy: [{ delayMinutes: "asc" }, { name: "asc" }],
  });
  return { rules, canSendMail: canSendMail() };
}
