import { issueTokenSchema, TOKEN_VALID_HOURS } from "@/server/domain/provisioning/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { requireFarm } from "@/server/services/farms/require-farm";
import { parseInput } from "@/server/services/parse";
import { hashSecret, newSecret } from "./secret";

export interface IssuedToken {
  /** Shown once. */
  token: string;
  expiresAt: Date;
}

/** Issues a one-time token that lets a device fetch its own credentials (specification Task 1.1). */
export async function issueToken({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedToken> {
  const target = parseInput(issueTokenSchema, input);
  const token = newSecret();
  const expiresAt = new Date(ctx.now.getTime() + TOKEN_VALID_HOURS * 3_600_000);
  await ctx.db.$transaction(async (tx) => {
    const device = "deviceId" in target ? await findDevice(tx, ctx.actor, target.deviceId, "device.provision") : undefined;
    if (device?.lifecycle === "decommissioned") throw new AppError("conflict", `${device.deviceId} is decommissioned.`);
    const farmId = "farmId" in target ? target.farmId : (device?.farmId ?? "");
    const user = requireFarmPermission(ctx.actor, farmId, "device.provision");
    await requireFarm(tx, farmId);
    const { id } = await tx.provisioningToken.create({
      data: {
        tokenHash: hashSecret(token),
        farmId,
        deviceKey: device?.id ?? null,
        deviceType: "type" in target ? target.type : null,
        issuedById: user.userId,
        createdAt: ctx.now,
        expiresAt,
      },
    });
    await recordAudit(tx, ctx, [
      { action: "provisioning_token.issued", subjectType: "provisioning_token", subjectId: id, farmId, after: { ...target, expiresAt } },
    ]);
  });
  return { token, expiresAt };
}
