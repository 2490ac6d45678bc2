import { Prisma } from "@/server/db/generated/client";
import { webhookIdSchema } from "@/server/domain/webhooks/schema";
import { AppError } from "@/server/errors";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { WebhookView } from "./views";

/** Every endpoint with how it does, by name. One statement. @throws forbidden unless the caller is an admin */
export async function listWebhooks({ ctx }: { ctx: ServiceContext }): Promise<WebhookView[]> {
  requireAdmin(ctx.actor);
  return readWebhooks(ctx, Prisma.sql`true`);
}

/** @throws forbidden unless the caller is an admin, not_found */
export async function getWebhook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<WebhookView> {
  const { id } = parseInput(webhookIdSchema, input);
  requireAdmin(ctx.actor);
  const [found] = await readWebhooks(ctx, Prisma.sql`e.id = ${id}::uuid`);
  if (!found) throw new AppError("not_found", "There is no such webhook.");
  return found;
}

type Row = Omit<WebhookView, "lastDay"> & { tried: number; delivered: number };

async function readWebhooks({ db, now }: ServiceContext, which: Prisma.Sql): Promise<WebhookView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.version, e.name, e.url, e.enabled, e.events, e.farm_ids AS "farmIds", e.secret_since AS "secretSince",
      e.former_secret_until AS "formerSecretUntil", e.failing_since AS "failingSince", e.hold_until AS "holdUntil", e.off_since AS "offSince",
      e.off_reason AS "offReason", open.waiting, open.dead, day.tried, day.delivered
    FROM webhook_endpoint e,
      LATERAL (SELECT count(*) FILTER (WHERE state < 'delivered')::int AS waiting, count(*) FILTER (WHERE state = 'dead')::int AS dead
        FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state IN ('waiting', 'sending', 'dead')) open,
      LATERAL (SELECT count(*)::int AS tried, count(*) FILTER (WHERE state = 'delivered')::int AS delivered
        FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.attempted_at > ${now}::timestamptz - interval '1 day') day
    WHERE ${which} ORDER BY lower(e.name)`;
  return rows.map(({ tried, delivered, ...webhook }) => ({ ...webhook, lastDay: { tried, delivered } }));
}
