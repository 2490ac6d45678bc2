import { randomUUID } from "node:crypto";
import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { receiverUrlRefusal } from "@/server/domain/webhooks/receiver-url";
import { createWebhookSchema, updateWebhookSchema, type WebhookEndpointInput } from "@/server/domain/webhooks/schema";
import { env } from "@/server/env";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { lockWebhook } from "./find-webhook";
import { newWebhookSecret, sealWebhookSecret } from "./secrets";
import { AUDITED_FIELDS } from "./views";

/** Each has wires of its own; more would be no help to anybody. */
export const MAX_WEBHOOKS = 50;

/**
 * Adds an endpoint, which is told of what happens from now on.
 * @returns its secret, which is shown this once
 * @throws forbidden, invalid_input on `endpoint.url`, conflict on `endpoint.name` and when there are 50, not_found for a farm
 */
export async function createWebhook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string; secret: string }> {
  const { endpoint } = parseInput(createWebhookSchema, input);
  requireAdmin(ctx.actor);
  refuseUrl(endpoint.url);
  return inTransaction(ctx.db, async (tx) => {
    await refuseUnfit(tx, endpoint, undefined);
    const id = randomUUID();
    const secret = newWebhookSecret();
    await tx.webhookEndpoint.create({
      data: { ...endpoint, id, sealedSecret: sealWebhookSecret(secret, id), secretSince: ctx.now },
    });
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      { action: "webhook.created", subjectType: "webhook", subjectId: endpoint.name, farmId: null, after: { ...endpoint, id } },
    ]);
    return { id, secret };
  });
}

/**
 * Changes an endpoint. Switched on again it begins anew: what waits is sent, former failures are forgotten.
 * @throws forbidden, not_found, invalid_input on `endpoint.url`, conflict on `endpoint.name` and when it was changed since
 *   `version` was read
 */
export async function updateWebhook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, endpoint } = parseInput(updateWebhookSchema, input);
  requireAdmin(ctx.actor);
  refuseUrl(endpoint.url);
  return inTransaction(ctx.db, async (tx) => {
    const found = await lockWebhook(tx, id);
    if (found.version !== version) throw new AppError("conflict", "The webhook was changed meanwhile. Look at it again.");
    await refuseUnfit(tx, endpoint, id);
    const anew = endpoint.enabled && !found.enabled;
    await tx.webhookEndpoint.update({
      where: { id },
      data: {
        ...endpoint,
        version: { increment: 1 },
        ...(anew ? { failures: 0, failingSince: null, holdUntil: null, offSince: null, offReason: null } : {}),
      },
    });
    const before = Object.fromEntries(Object.keys(AUDITED_FIELDS).map((key) => [key, found[key as keyof typeof AUDITED_FIELDS]]));
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      { action: "webhook.edited", subjectType: "webhook", subjectId: endpoint.name, farmId: null, before, after: endpoint },
    ]);
    return { version: version + 1 };
  });
}

function refuseUrl(url: string): void {
  const refusal = receiverUrlRefusal(url, { allowLoopback: env().WEBHOOK_ALLOW_LOOPBACK });
  if (refusal) throw fieldError("invalid_input", "endpoint.url", refusal);
}

async function refuseUnfit(tx: Transaction, endpoint: WebhookEndpointInput, id: string | undefined): Promise<void> {
  const others = await tx.webhookEndpoint.findMany({ select: { id: true, name: true } });
  if (others.some((other) => other.id !== id && other.name === endpoint.name)) {
    throw fieldError("conflict", "endpoint.name", "There is a webhook of this name");
  }
  if (!id && others.length >= MAX_WEBHOOKS) throw new AppError("conflict", `There are ${MAX_WEBHOOKS} webhooks; delete one first.`);
  const farms = await tx.farm.count({ where: { id: { in: endpoint.farmIds } } });
  if (farms < endpoint.farmIds.length) throw fieldError("not_found", "endpoint.farmIds", "There is no such farm.");
}
