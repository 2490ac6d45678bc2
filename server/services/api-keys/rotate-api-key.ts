import { rotateApiKeySchema } from "@/server/domain/api-keys/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import type { IssuedApiKey } from "./create-api-key";
import { newApiKeySecret } from "./secret";

/**
 * Gives a key a new secret; the former one ends after the overlap, and one that was ending already no later than it was.
 * @throws conflict when the key has ended
 */
export async function rotateApiKey({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedApiKey> {
  requireAdmin(ctx.actor);
  const { id, overlapHours } = parseInput(rotateApiKeySchema, input);
  const { secret, row } = newApiKeySecret();
  const validUntil = new Date(ctx.now.getTime() + overlapHours * 3_600_000);
  return ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM api_key WHERE id = ${id}::uuid FOR UPDATE`;
    const key = await tx.apiKey.findUnique({ where: { id } });
    if (!key) throw new AppError("not_found", "There is no such API key.");
    if (key.revokedAt || (key.expiresAt && key.expiresAt <= ctx.now))
      throw new AppError("conflict", "This API key has ended. Create another one.");
    await tx.apiKeySecret.updateMany({
      where: { keyId: id, OR: [{ validUntil: null }, { validUntil: { gt: validUntil } }] },
      data: { validUntil },
    });
    await tx.apiKeySecret.create({ data: { ...row, keyId: id, createdAt: ctx.now } });
    await announce(tx, { topic: "api_keys", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      {
        action: "api_key.rotated",
        subjectType: "api_key",
        subjectId: id,
        farmId: null,
        after: { name: key.name, prefix: row.prefix, formerValidUntil: validUntil },
      },
    ]);
    return { id, name: key.name, secret };
  });
}
