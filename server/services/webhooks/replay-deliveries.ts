import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { replayWebhookSchema, webhookDeliveryIdSchema } from "@/server/domain/webhooks/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { lockWebhook } from "./find-webhook";

/**
 * Sends dead letters again, or what has been delivered before, with the same ids and in their old order: at once, and with
 * all attempts before them. One that waits for its next attempt is tried now. What is on its way is left alone.
 * @returns how many
 * @throws forbidden, not_found, conflict while the endpoint is off
 */
export async function replayDeliveries({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ count: number }> {
  const { endpointId, deliveries } = parseInput(replayWebhookSchema, input);
  requireAdmin(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const { name, enabled } = await lockWebhook(tx, endpointId);
    if (!enabled) throw new AppError("conflict", "The webhook is off. Switch it on first.");
    const which =
      deliveries === "all_dead" ? Prisma.sql`state = 'dead'` : Prisma.sql`state <> 'sending' AND id = ANY(${deliveries}::uuid[])`;
    const count = await tx.$executeRaw`
      UPDATE webhook_delivery SET state = 'waiting', due_at = ${ctx.now}::timestamptz,
        attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END
      WHERE endpoint_id = ${endpointId}::uuid AND ${which}`;
    if (count === 0) return { count };
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [endpointId] });
    await recordAudit(tx, ctx, [
      { action: "webhook.replayed", subjectType: "webhook", subjectId: name, farmId: null, after: { messages: count } },
    ]);
    return { count };
  });
}

/**
 * Gives up a message that waits, so that later ones of the same thing go on; it becomes a dead letter.
 * @throws forbidden, not_found, conflict when it does not wait (any more)
 */
export async function giveUpDelivery({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { endpointId, id } = parseInput(webhookDeliveryIdSchema, input);
  requireAdmin(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    const { name } = await lockWebhook(tx, endpointId);
    const count = await tx.$executeRaw`
      UPDATE webhook_delivery SET state = 'dead' WHERE endpoint_id = ${endpointId}::uuid AND id = ${id}::uuid AND state = 'waiting'`;
    if (count === 0) throw new AppError("conflict", "It does not wait any more. Look at it again.");
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [endpointId] });
    await recordAudit(tx, ctx, [{ action: "webhook.given_up", subjectType: "webhook", subjectId: name, farmId: null, after: { id } }]);
  });
}
