import { randomUUID } from "node:crypto";
import { isAccepted } from "@/server/domain/webhooks/retry";
import { webhookIdSchema } from "@/server/domain/webhooks/schema";
import { inTransaction } from "@/server/db/in-transaction";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import type { Outside } from "@/server/services/net/safe-fetch";
import { findWebhook } from "./find-webhook";
import { sendMessage } from "./send-message";

const PINGS_A_MINUTE = 10;

export interface PingAnswer {
  isAccepted: boolean;
  status: number | null;
  latencyMs: number;
  error: string | null;
  /** The beginning of what the receiver answered. */
  excerpt: string;
}

/**
 * Sends a signed `ping` at once, whether the endpoint is on or not, and tells how it was answered. It is not repeated and
 * stands in no log.
 * @throws forbidden, not_found, rate_limited after ten in a minute
 */
export async function sendPing({ ctx, input, outside }: { ctx: ServiceContext; input: unknown; outside?: Outside }): Promise<PingAnswer> {
  const { id } = parseInput(webhookIdSchema, input);
  const { name: sentBy } = requireAdmin(ctx.actor);
  const endpoint = await findWebhook(ctx.db, id);
  await consumeRateLimit(ctx.db, { key: `webhook-ping:${id}`, max: PINGS_A_MINUTE, windowSeconds: 60 });
  const message = { id: randomUUID(), type: "ping" as const, timestamp: ctx.now.toISOString(), data: { webhook: endpoint.name, sentBy } };
  const { status, latencyMs, error, excerpt } = await sendMessage(endpoint, message, { now: ctx.now, outside });
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, [
      { action: "webhook.tested", subjectType: "webhook", subjectId: endpoint.name, farmId: null, after: { status, error } },
    ]),
  );
  return { isAccepted: isAccepted(status), status, latencyMs, error, excerpt };
}
