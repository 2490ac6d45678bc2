import type { Database, Transaction } from "@/server/db/client";
import type { WebhookEndpoint } from "@/server/db/generated/client";
import { AppError } from "@/server/errors";

/** An endpoint, locked until the transaction ends. @throws not_found */
export async function lockWebhook(tx: Transaction, id: string): Promise<WebhookEndpoint> {
  await tx.$queryRaw`SELECT id FROM webhook_endpoint WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return findWebhook(tx, id);
}

/** @throws not_found */
export async function findWebhook(db: Database | Transaction, id: string): Promise<WebhookEndpoint> {
  const found = await db.webhookEndpoint.findUnique({ where: { id } });
  if (!found) throw new AppError("not_found", "There is no such webhook.");
  return found;
}
