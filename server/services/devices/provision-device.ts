import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { provisionDeviceSchema } from "@/server/domain/devices/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { requireFarm } from "@/server/services/farms/require-farm";
import { announce } from "@/server/services/feed/announce";
import { refuseUnfitForGroup } from "@/server/services/groups/refuse-unfit-for-group";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "@/server/services/provisioning/answer-once";
import { credentialsView, type IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { refuseNewIdentity } from "./refuse-taken-identity";

/**
 * Registers a device and issues its MQTT credentials in one transaction (specification Task 3.1). The password is in
 * the answer and nowhere else; a repeat with the same `requestKey` within ten minutes gets the same answer.
 * @throws invalid_input, not_found (farm), forbidden, conflict (ID, MAC or serial number taken)
 */
export async function provisionDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedCredentials> {
  const { requestKey, ...device } = parseInput(provisionDeviceSchema, input);
  const user = requireFarmPermission(ctx.actor, device.farmId, "device.provision");
  return inTransaction(ctx.db, (tx) =>
    answerOnce(tx, requestKey, user.userId, async () => {
      await requireFarm(tx, device.farmId);
      await refuseNewIdentity(tx, ctx.actor, device);
      if (device.groupId) await refuseUnfitForGroup(tx, ctx.actor, device.groupId, device);
      const password = newSecret();
      const { id } = await tx.device.create({
        data: {
          ...device,
          lifecycle: "provisioned",
          provisionedAt: ctx.now,
          provisionedById: user.userId,
          state: { create: {} },
          credentials: { create: { secretHash: hashSecret(password), issuedAt: ctx.now, issuedById: user.userId } },
        },
      });
      await applyHealthRules(tx, Prisma.sql`d.id = ${id}::uuid`);
      await refreshCalibration(tx, ctx.now, { deviceKey: id });
      await afterProvisioning(tx, ctx, device);
      return credentialsView(tx, device.deviceId, password);
    }),
  );
}

async function afterProvisioning(
  tx: Transaction,
  ctx: ServiceContext,
  device: { deviceId: string; farmId: string; type: string; name: string; provisioningMethod: string },
): Promise<void> {
  await announce(tx, { topic: "farms", farmIds: [device.farmId], ids: [] });
  await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
  await recordAudit(tx, ctx, [
    {
      action: "device.provisioned",
      subjectType: "device",
      subjectId: device.deviceId,
      farmId: device.farmId,
      after: { name: device.name, type: device.type, method: device.provisioningMethod },
    },
  ]);
}
