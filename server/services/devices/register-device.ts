import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { provisionDeviceSchema } from "@/server/domain/devices/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { requireFarm } from "@/server/services/farms/require-farm";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "@/server/services/provisioning/answer-once";
import { refuseNewIdentity } from "./refuse-taken-identity";

/**
 * Registers a device without credentials, a draft (DESIGN 4): for units that are only ordered, or that fetch their own
 * with a token. Its credentials are issued later, on its page.
 * @throws invalid_input, not_found (farm), forbidden, conflict (ID, MAC or serial number taken)
 */
export async function registerDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ deviceId: string }> {
  const { requestKey, provisioningMethod: _, ...device } = parseInput(provisionDeviceSchema, input);
  const user = requireFarmPermission(ctx.actor, device.farmId, "device.provision");
  return inTransaction(ctx.db, (tx) =>
    answerOnce(tx, requestKey, user.userId, async () => {
      await requireFarm(tx, device.farmId);
      await refuseNewIdentity(tx, ctx.actor, device);
      const { id } = await tx.device.create({ data: { ...device, lifecycle: "draft", state: { create: {} } } });
      await applyHealthRules(tx, Prisma.sql`d.id = ${id}::uuid`);
      await refreshCalibration(tx, ctx.now, { deviceKey: id });
      await announce(tx, { topic: "farms", farmIds: [device.farmId], ids: [] });
      await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
      await recordAudit(tx, ctx, [
        {
          action: "device.registered",
          subjectType: "device",
          subjectId: device.deviceId,
          farmId: device.farmId,
          after: { name: device.name, type: device.type },
        },
      ]);
      return { deviceId: device.deviceId };
    }),
  );
}
