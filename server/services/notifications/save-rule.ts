import { inTransaction } from "@/server/db/in-transaction";
import { saveNotificationRuleSchema } from "@/server/domain/notifications/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmIdsWith, requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { RULE_FIELDS } from "./list-rules";

const MAX_RULES = 50;

/**
 * Saves what the caller wants to be told. A rule that is new or was off speaks of alerts that begin from now on.
 * @throws not_found for a farm outside the caller's or a rule of somebody else, conflict on `rule.name` when the caller
 *   has one of this name, conflict when the rule has been saved since `version` was read
 */
export async function saveNotificationRule({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const { id, version, rule } = parseInput(saveNotificationRuleSchema, input);
  const { userId } = requirePerson(ctx.actor);
  const mine = farmIdsWith(ctx.actor, "device.read");
  return inTransaction(ctx.db, async (tx) => {
    const farms = await tx.farm.count({
      where: { id: { in: mine ? rule.farmIds.filter((farmId) => mine.includes(farmId)) : rule.farmIds } },
    });
    if (farms < rule.farmIds.length) throw fieldError("not_found", "rule.farmIds", "There is no such farm among yours.");
    // One at a time a person, so that names and the limit hold.
    await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const own = await tx.notificationRule.findMany({ where: { userId }, select: RULE_FIELDS });
    const before = own.find((other) => other.id === id);
    if (id && !before) throw new AppError("not_found", "There is no such rule of yours.");
    if (own.some((other) => other.id !== id && other.name === rule.name)) {
      throw fieldError("conflict", "rule.name", "You have a rule of this name");
    }
    if (!before && own.length >= MAX_RULES) throw new AppError("conflict", `You have ${MAX_RULES} rules; delete one first.`);
    if (before && before.version !== version) throw new AppError("conflict", "The rule was changed meanwhile. Look at it again.");
    const activeSince = before?.enabled ? {} : { activeSince: ctx.now };
    const saved = before
      ? await tx.notificationRule.update({
          where: { id: before.id },
          data: { ...rule, ...activeSince, version: { increment: 1 } },
          select: { id: true },
        })
      : await tx.notificationRule.create({ data: { ...rule, activeSince: ctx.now, userId }, select: { id: true } });
    await recordAudit(tx, ctx, [
      { action: "notification_rule.saved", subjectType: "notification_rule", subjectId: saved.id, farmId: null, before, after: rule },
    ]);
    return saved;
  });
}
