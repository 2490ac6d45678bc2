import { inTransaction } from "@/server/db/in-transaction";
import { webhookIdSchema } from "@/server/domain/webhooks/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { lockWebhook } from "./find-webhook";

/** Deletes an endpoint with its log; what still waits is not sent. @throws forbidden, not_found */
export async function deleteWebhook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id } = parseInput(webhookIdSchema, input);
  requireAdmin(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    const { name, url } = await lockWebhook(tx, id);
    await tx.webhookEndpoint.delete({ where: { id } });
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      { action: "webhook.deleted", subjectType: "webhook", subjectId: name, farmId: null, before: { name, url } },
    ]);
  });
}
