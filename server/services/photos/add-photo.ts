import { inTransaction } from "@/server/db/in-transaction";
import { imageTypeOf, MAX_ATTACHMENT_BYTES } from "@/server/domain/maintenance/attachment";
import { MAX_DEVICE_PHOTOS } from "@/server/domain/scan/action";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice, lockDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";

/**
 * Keeps a picture of a device where it hangs. What it is, its bytes say.
 * @param input.content base64
 * @throws invalid_input for anything but PNG, JPEG, WebP up to 512 KB; conflict when the device has six already
 */
export async function addPhoto({
  ctx,
  input: { deviceId, content, takenAt },
}: {
  ctx: ServiceContext;
  input: { deviceId: string; content: string; takenAt: Date };
}): Promise<{ photoId: string }> {
  const bytes = new Uint8Array(Buffer.from(content, "base64"));
  const contentType = imageTypeOf(bytes);
  if (!contentType) throw fieldError("invalid_input", "content", "Only PNG, JPEG and WebP pictures can be kept.");
  if (bytes.length > MAX_ATTACHMENT_BYTES) throw fieldError("invalid_input", "content", "A picture may have at most 512 KB");
  return inTransaction(ctx.db, async (tx) => {
    // One at a time for a device, so that two at once cannot both be the sixth.
    await lockDevice(tx, { deviceId });
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    const present = await tx.devicePhoto.count({ where: { deviceKey: device.id } });
    if (present >= MAX_DEVICE_PHOTOS)
      throw new AppError("conflict", `${deviceId} has ${MAX_DEVICE_PHOTOS} pictures already. Remove one first.`);
    const { id } = await tx.devicePhoto.create({
      data: {
        deviceKey: device.id,
        contentType,
        sizeBytes: bytes.length,
        content: bytes,
        takenAt,
        takenById: authorOf(ctx.actor),
        createdAt: ctx.now,
      },
      select: { id: true },
    });
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.photo_added",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: { photoId: id, sizeBytes: bytes.length },
      },
    ]);
    return { photoId: id };
  });
}
