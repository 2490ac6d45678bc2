import { z } from "zod";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { findDevice, lockDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

export const revokeCredentialsSchema = z.object({ deviceId: deviceIdSchema });

/** Locks a device out without retiring it: every password refused, its connection closed. A rotation lets it in again. */
export async function revokeCredentials({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ revoked: number }> {
  const { deviceId } = parseInput(revokeCredentialsSchema, input);
  return ctx.db.$transaction(async (tx) => {
    await lockDevice(tx, { deviceId });
    const device = await findDevice(tx, ctx.actor, deviceId, "device.credentials");
    const { count } = await tx.deviceCredential.updateMany({
      where: { deviceKey: device.id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0) return { revoked: 0 };
    await announce(tx, { topic: "credentials", farmIds: [device.farmId], ids: [deviceId] });
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.credentials_revoked",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: { revoked: count },
      },
    ]);
    return { revoked: count };
  });
}
