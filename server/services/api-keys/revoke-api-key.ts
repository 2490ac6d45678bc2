import { apiKeyIdSchema } from "@/server/domain/api-keys/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

/** Ends a key at once and for good: its next request is refused. Once is as good as twice. */
export async function revokeApiKey({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireAdmin(ctx.actor);
  const { id } = parseInput(apiKeyIdSchema, input);
  await ctx.db.$transaction(async (tx) => {
    const key = await tx.apiKey.findUnique({ where: { id } });
    if (!key) throw new AppError("not_found", "There is no such API key.");
    const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: ctx.now } });
    if (count === 0) return;
    await announce(tx, { topic: "api_keys", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      { action: "api_key.revoked", subjectType: "api_key", subjectId: id, farmId: null, after: { name: key.name } },
    ]);
  });
}
