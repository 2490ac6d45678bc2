import { inTransaction } from "@/server/db/in-transaction";
import { notificationRuleIdSchema } from "@/server/domain/notifications/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { RULE_FIELDS } from "./list-rules";

/** Deletes a rule of the caller's; what still waits under it is not sent, what was sent stays on record. @throws not_found */
export async function deleteNotificationRule({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id } = parseInput(notificationRuleIdSchema, input);
  const { userId } = requirePerson(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    const before = await tx.notificationRule.findFirst({ where: { id, userId }, select: RULE_FIELDS });
    if (!before) throw new AppError("not_found", "There is no such rule of yours.");
    await tx.notification.deleteMany({ where: { ruleId: id, state: "waiting" } });
    await tx.notificationRule.delete({ where: { id } });
    await recordAudit(tx, ctx, [
      { action: "notification_rule.deleted", subjectType: "notification_rule", subjectId: id, farmId: null, before },
    ]);
  });
}
