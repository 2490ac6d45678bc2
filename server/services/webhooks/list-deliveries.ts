import { Prisma } from "@/server/db/generated/client";
import { listWebhookDeliveriesSchema, webhookDeliveryIdSchema } from "@/server/domain/webhooks/schema";
import { AppError } from "@/server/errors";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findWebhook } from "./find-webhook";
import type { LoggedAttempt } from "./record-results";
import { bodyFor } from "./send-message";
import type { WebhookDeliveryView } from "./views";

export interface WebhookDeliveryPage {
  deliveries: WebhookDeliveryView[];
  nextCursor: string | null;
}

/** One page of an endpoint's log, the newest first. @throws forbidden, not_found */
export async function listWebhookDeliveries({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<WebhookDeliveryPage> {
  const { endpointId, states, cursor, pageSize } = parseInput(listWebhookDeliveriesSchema, input);
  requireAdmin(ctx.actor);
  await findWebhook(ctx.db, endpointId);
  const rows = await ctx.db.$queryRaw<(WebhookDeliveryView & { sequence: bigint })[]>`
    SELECT ${COLUMNS} FROM webhook_delivery d JOIN webhook_event v ON v.id = d.event_id
    WHERE d.endpoint_id = ${endpointId}::uuid
      ${states.length > 0 ? Prisma.sql`AND d.state = ANY(${states}::text[]::webhook_delivery_state[])` : Prisma.empty}
      ${cursor ? Prisma.sql`AND d.sequence < ${BigInt(cursor)}` : Prisma.empty}
    ORDER BY d.sequence DESC LIMIT ${pageSize + 1}`;
  const page = rows.slice(0, pageSize);
  return {
    deliveries: page.map(({ sequence: _, ...view }) => view),
    nextCursor: rows.length > pageSize ? String(page.at(-1)?.sequence) : null,
  };
}

const COLUMNS = Prisma.sql`d.sequence, d.id, d.event_id AS "eventId", v.type, d.ordering_key AS subject, v.at AS "happenedAt", d.state::text,
  d.attempts, d.due_at AS "dueAt", d.attempted_at AS "attemptedAt", d.status, d.latency_ms AS "latencyMs", d.error,
  d.state = 'waiting' AND EXISTS (SELECT FROM webhook_delivery o WHERE o.endpoint_id = d.endpoint_id AND o.ordering_key = d.ordering_key
    AND o.sequence < d.sequence AND o.state < 'delivered') AS "isHeldBack"`;

export interface WebhookDeliveryDetails extends WebhookDeliveryView {
  /** Exactly what is sent. */
  body: string;
  /** The last twenty, the newest first. */
  log: LoggedAttempt[];
}

/** One message with its body and its attempts. @throws forbidden, not_found */
export async function getWebhookDelivery({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<WebhookDeliveryDetails> {
  const { endpointId, id } = parseInput(webhookDeliveryIdSchema, input);
  requireAdmin(ctx.actor);
  const endpoint = await findWebhook(ctx.db, endpointId);
  const [row] = await ctx.db.$queryRaw<(WebhookDeliveryView & { sequence: bigint; log: LoggedAttempt[]; data: Record<string, unknown> })[]>`
    SELECT ${COLUMNS}, d.log, v.data FROM webhook_delivery d JOIN webhook_event v ON v.id = d.event_id
    WHERE d.endpoint_id = ${endpointId}::uuid AND d.id = ${id}::uuid`;
  if (!row) throw new AppError("not_found", "There is no such message; it may have been forgotten.");
  const { sequence: _, data, log, ...view } = row;
  const body = bodyFor({ id: view.eventId, type: view.type, timestamp: view.happenedAt.toISOString(), data }, endpoint.farmIds);
  return { ...view, body, log: log.toReversed() };
}
