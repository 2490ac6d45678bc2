import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { canTransition } from "@/server/domain/devices/lifecycle";
import { requiredLine } from "@/server/domain/text";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findDevice } from "./find-device";
import { retireDevice } from "./retire-device";

export const decommissionSchema = z.object({ deviceId: deviceIdSchema, reason: requiredLine(300, "Say why, for the record") });

/** Retires a device for good: credentials revoked, waiting commands cancelled, its connection closed by the broker. */
export async function decommissionDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { deviceId, reason } = parseInput(decommissionSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.decommission");
    if (!canTransition(device.lifecycle, "decommissioned")) throw new AppError("conflict", `${deviceId} is already decommissioned.`);
    await retireDevice(tx, ctx, device, reason);
    await recordAudit(tx, ctx, [
      { action: "device.decommissioned", subjectType: "device", subjectId: deviceId, farmId: device.farmId, after: { reason } },
    ]);
  });
}
