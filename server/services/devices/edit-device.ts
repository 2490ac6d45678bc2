import { inTransaction } from "@/server/db/in-transaction";
import { editDeviceSchema } from "@/server/domain/devices/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { parseInput } from "@/server/services/parse";
import { findDevice } from "./find-device";
import { refuseTakenIdentity } from "./refuse-taken-identity";

/**
 * Changes what people know about a device.
 * @throws conflict when somebody else has edited it since `version` was read; nothing is overwritten
 */
export async function editDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { deviceId, version, ...fields } = parseInput(editDeviceSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (device.lifecycle === "decommissioned") throw new AppError("conflict", `${deviceId} is decommissioned and can no longer be edited.`);
    await refuseTakenIdentity(tx, ctx.actor, { deviceId, ...fields }, { isNew: false });
    // Loses to an edit that was committed after the form was loaded.
    const { count } = await tx.device.updateMany({ where: { id: device.id, version }, data: { ...fields, version: { increment: 1 } } });
    if (count === 0)
      throw new AppError("conflict", "Somebody else has changed this device meanwhile. Reload to see their changes; yours were not saved.");
    if (fields.model !== device.model) await refreshCalibration(tx, ctx.now, { deviceKey: device.id });
    const changed = Object.entries(fields).filter(([key, value]) => device[key as keyof typeof fields] !== value);
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.edited",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        before: Object.fromEntries(changed.map(([key]) => [key, device[key as keyof typeof fields]])),
        after: Object.fromEntries(changed),
      },
    ]);
    return { version: version + 1 };
  });
}
