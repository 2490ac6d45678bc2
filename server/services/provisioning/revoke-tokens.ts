import { z } from "zod";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

/** One token, or all that were issued together. */
export const revokeTokensSchema = z.union(
  [z.object({ tokenId: z.uuid() }), z.object({ batchId: z.uuid() })],
  "Name one token, or the batch it was issued in",
);

/**
 * Ends open tokens; those that were used, revoked or expired before stay what they are. Once is as good as twice.
 * @returns how many were open until now
 * @throws not_found, forbidden, conflict (the one token was used meanwhile)
 */
export async function revokeTokens({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ revoked: number }> {
  const target = parseInput(revokeTokensSchema, input);
  const which = "tokenId" in target ? { id: target.tokenId } : { batchId: target.batchId };
  return ctx.db.$transaction(async (tx) => {
    const token = await tx.provisioningToken.findFirst({
      where: { AND: [which, farmFilter(ctx.actor, "device.read")] },
      select: { farmId: true },
    });
    if (!token) throw new AppError("not_found", "There is no such token on your farms.");
    requireFarmPermission(ctx.actor, token.farmId, "device.provision");
    // Loses to a device that has redeemed the token since the list was shown.
    const revoked = await tx.provisioningToken.updateManyAndReturn({
      where: { ...which, farmId: token.farmId, usedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
      data: { revokedAt: ctx.now },
      select: { id: true },
    });
    if (revoked.length === 0) {
      const used = "tokenId" in target && (await tx.provisioningToken.findFirst({ where: { ...which, usedAt: { not: null } } }));
      if (used)
        throw new AppError("conflict", `Too late: ${used.usedBy ?? "a device"} has used this token. Revoke the device's credentials.`);
      return { revoked: 0 };
    }
    await announce(tx, { topic: "tokens", farmIds: [token.farmId], ids: revoked.map(({ id }) => id) });
    await recordAudit(tx, ctx, [
      {
        action: "provisioning_token.revoked",
        subjectType: "provisioning_token",
        subjectId: "tokenId" in target ? target.tokenId : target.batchId,
        farmId: token.farmId,
        after: { count: revoked.length },
      },
    ]);
    return { revoked: revoked.length };
  });
}
