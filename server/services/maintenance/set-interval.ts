import { inTransaction } from "@/server/db/in-transaction";
import { setIntervalSchema } from "@/server/domain/maintenance/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { refreshCalibration } from "./refresh-calibration";

/**
 * Sets how often devices of a type, or of one model of it, are calibrated, and judges them again.
 * @returns how many devices' calibration changed by it
 */
export async function setInterval({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ changed: number }> {
  const { deviceType, model, days } = parseInput(setIntervalSchema, input);
  requireAdmin(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const key = { deviceType_model: { deviceType, model } };
    const before = await tx.calibrationInterval.findUnique({ where: key });
    const interval = await tx.calibrationInterval.upsert({ where: key, create: { deviceType, model, days }, update: { days } });
    const result = await refreshCalibration(tx, ctx.now, { deviceType });
    await announce(tx, { topic: "maintenance", farmIds: [], ids: [] });
    await recordAudit(tx, ctx, [
      {
        action: "calibration_interval.set",
        subjectType: "calibration_interval",
        subjectId: interval.id,
        farmId: null,
        before: before ? { days: before.days } : undefined,
        after: { deviceType, model, days, changed: result.changed },
      },
    ]);
    return result;
  });
}
