import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { canTransition } from "@/server/domain/devices/lifecycle";
import { requiredLine } from "@/server/domain/text";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { findDevice } from "./find-device";

export const decommissionSchema = z.object({ deviceId: deviceIdSchema, reason: requiredLine(300, "Say why, for the record") });

/** Retires a device for good: credentials revoked, waiting commands cancelled, its connection closed by the broker. */
export async function decommissionDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { deviceId, reason } = parseInput(decommissionSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.decommission");
    if (!canTransition(device.lifecycle, "decommissioned")) throw new AppError("conflict", `${deviceId} is already decommissioned.`);
    // Loses to whoever changed the lifecycle since it was read.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, lifecycle: device.lifecycle },
      data: { lifecycle: "decommissioned", decommissionedAt: ctx.now, decommissionReason: reason, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has just changed this device. Look at it again.");
    await tx.deviceCredential.updateMany({ where: { deviceKey: device.id, revokedAt: null }, data: { revokedAt: ctx.now } });
    await tx.deviceCommand.updateMany({
      where: { deviceKey: device.id, finishedAt: null },
      data: { state: "cancelled", finishedAt: ctx.now, error: "The device was decommissioned." },
    });
    await tx.deviceState.update({ where: { deviceKey: device.id }, data: { connected: false, needsAttention: false } });
    await announce(tx, { topic: "credentials", farmIds: [device.farmId], ids: [deviceId] });
    await announce(tx, { topic: "farms", farmIds: [device.farmId], ids: [] });
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      { action: "device.decommissioned", subjectType: "device", subjectId: deviceId, farmId: device.farmId, after: { reason } },
    ]);
  });
}
