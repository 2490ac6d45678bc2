import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { refreshCalibration } from "./refresh-calibration";

export const removeIntervalSchema = z.object({ id: z.uuid() });

/** Takes an interval away; devices fall back to their type's, or need no calibration. */
export async function removeInterval({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ changed: number }> {
  const { id } = parseInput(removeIntervalSchema, input);
  requireAdmin(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const interval = await tx.calibrationInterval.findUnique({ where: { id } });
    // Loses to another admin who removes it at the same moment.
    const { count } = await tx.calibrationInterval.deleteMany({ where: { id } });
    if (!interval || count === 0) throw new AppError("not_found", "This interval is no longer there.");
    const { deviceType, model, days } = interval;
    const result = await refreshCalibration(tx, ctx.now, { deviceType });
    await announce(tx, { topic: "maintenance", farmIds: [], ids: [] });
    await recordAudit(tx, ctx, [
      {
        action: "calibration_interval.removed",
        subjectType: "calibration_interval",
        subjectId: id,
        farmId: null,
        before: { deviceType, model, days },
        after: { changed: result.changed },
      },
    ]);
    return result;
  });
}
