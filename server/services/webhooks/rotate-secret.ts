import { inTransaction } from "@/server/db/in-transaction";
import { rotateWebhookSecretSchema } from "@/server/domain/webhooks/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { lockWebhook } from "./find-webhook";
import { newWebhookSecret, sealWebhookSecret } from "./secrets";

const HOUR_MS = 3_600_000;

/**
 * Gives an endpoint a new secret. For `overlapHours` messages carry a signature of each, so that the receiver may change
 * over whenever it suits; one before the former is worthless at once.
 * @returns the new secret, which is shown this once
 * @throws forbidden, not_found
 */
export async function rotateWebhookSecret({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ secret: string }> {
  const { id, overlapHours } = parseInput(rotateWebhookSecretSchema, input);
  requireAdmin(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const found = await lockWebhook(tx, id);
    const secret = newWebhookSecret();
    await tx.webhookEndpoint.update({
      where: { id },
      data: {
        sealedSecret: sealWebhookSecret(secret, id),
        secretSince: ctx.now,
        sealedFormerSecret: overlapHours > 0 ? found.sealedSecret : null,
        formerSecretUntil: overlapHours > 0 ? new Date(ctx.now.getTime() + overlapHours * HOUR_MS) : null,
      },
    });
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      { action: "webhook.secret_rotated", subjectType: "webhook", subjectId: found.name, farmId: null, after: { overlapHours } },
    ]);
    return { secret };
  });
}
