import { createApiKeySchema } from "@/server/domain/api-keys/schema";
import { fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { newApiKeySecret } from "./secret";

/** A secret, said once: only its hash is kept. */
export interface IssuedApiKey {
  id: string;
  name: string;
  secret: string;
}

/** Makes an API key that acts for the caller within the scopes and farms named. Admins only. */
export async function createApiKey({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedApiKey> {
  const admin = requireAdmin(ctx.actor);
  const { name, scopes, farmIds, expiresInDays } = parseInput(createApiKeySchema, input);
  const expiresAt = expiresInDays === null ? null : new Date(ctx.now.getTime() + expiresInDays * 86_400_000);
  const { secret, row } = newApiKeySecret();
  return ctx.db.$transaction(async (tx) => {
    if ((await tx.farm.count({ where: { id: { in: farmIds } } })) < farmIds.length)
      throw fieldError("not_found", "farmIds", "One of these farms does not exist");
    const { id } = await tx.apiKey.create({
      data: {
        name,
        ownerId: admin.userId,
        scopes,
        farmIds,
        createdAt: ctx.now,
        expiresAt,
        secrets: { create: { ...row, createdAt: ctx.now } },
      },
    });
    await announce(tx, { topic: "api_keys", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      {
        action: "api_key.created",
        subjectType: "api_key",
        subjectId: id,
        farmId: null,
        after: { name, prefix: row.prefix, scopes, farmIds, expiresAt },
      },
    ]);
    return { id, name, secret };
  });
}
