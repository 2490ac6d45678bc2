import { inTransaction } from "@/server/db/in-transaction";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { findDevice } from "./find-device";

export type LocationOutcome = { moved: true } | { moved: false; current: string | null };

/**
 * Says where a device hangs, unless somebody else has said something different since `base` was read.
 * @returns `moved: false` with where it is now when that is neither the base nor the wish; nothing is written then
 * @throws not_found, forbidden; conflict for a decommissioned device
 */
export async function setLocation({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { deviceId: string; location: string | null; base: string | null };
}): Promise<LocationOutcome> {
  const { deviceId, location, base } = input;
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (device.lifecycle === "decommissioned") throw new AppError("conflict", `${deviceId} is decommissioned and hangs nowhere.`);
    if (device.location === location) return { moved: true };
    if (device.location !== base) return { moved: false, current: device.location };
    // Loses to whoever edited it since it was read here; the caller tries again and then sees their change.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, version: device.version },
      data: { location, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has just changed this device. Try again.");
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.edited",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        before: { location: device.location },
        after: { location },
      },
    ]);
    return { moved: true };
  });
}
