import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { canTransition, LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";
import { optionalLine } from "@/server/domain/text";
import { AppError } from "@/server/errors";
import { settleAlerts } from "@/server/services/alerts/settle-alerts";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { findDevice } from "./find-device";

export const setMaintenanceSchema = z.object({ deviceId: deviceIdSchema, maintenance: z.boolean(), notes: optionalLine(500) });

/** Takes a device out of service for work, or back (specification Task 1.1: enable and disable maintenance mode). */
export async function setMaintenance({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { deviceId, maintenance, notes } = parseInput(setMaintenanceSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (!maintenance && device.lifecycle !== "maintenance") throw new AppError("conflict", `${deviceId} is not in maintenance.`);
    // A device that was never heard goes back to waiting, not into service.
    const back = device.firstConnectedAt ? "active" : "provisioned";
    const target = maintenance ? "maintenance" : back;
    if (!canTransition(device.lifecycle, target)) {
      throw new AppError(
        "conflict",
        `${deviceId} is ${LIFECYCLE_FACTS[device.lifecycle].label.toLowerCase()}; it cannot become ${LIFECYCLE_FACTS[target].label.toLowerCase()}.`,
      );
    }
    // Loses to whoever changed the lifecycle since it was read.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, lifecycle: device.lifecycle },
      data: { lifecycle: target, maintenanceNotes: notes ?? device.maintenanceNotes, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has just changed this device. Look at it again.");
    // What is in maintenance is quiet; afterwards its next message or the health sweep speaks up again.
    if (maintenance) await tx.deviceState.update({ where: { deviceKey: device.id }, data: { needsAttention: false } });
    if (maintenance) await settleAlerts(tx, ctx.now, [device.id]);
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: maintenance ? "device.maintenance_started" : "device.maintenance_ended",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: notes ? { notes } : undefined,
      },
    ]);
  });
}
