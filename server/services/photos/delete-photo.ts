import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

export const deletePhotoSchema = z.object({ deviceId: deviceIdSchema, photoId: z.uuid() });

/** Removes a picture of a device for good. @throws not_found, forbidden */
export async function deletePhoto({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { deviceId, photoId } = parseInput(deletePhotoSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const { id: deviceKey, farmId } = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    const { count } = await tx.devicePhoto.deleteMany({ where: { id: photoId, deviceKey } });
    if (count === 0) throw new AppError("not_found", `${deviceId} has no such picture.`);
    await announce(tx, { topic: "devices", farmIds: [farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      { action: "device.photo_removed", subjectType: "device", subjectId: deviceId, farmId, before: { photoId } },
    ]);
  });
}
