import type { Transaction } from "@/server/db/client";
import type { DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { endService } from "./end-service";

interface Retired {
  id: string;
  deviceId: string;
  farmId: string;
  /** As it was read. */
  lifecycle: DeviceLifecycle;
}

/**
 * Ends a device's service inside the caller's transaction: credentials revoked, waiting commands cancelled, its
 * connection closed by the broker. The caller has checked the permission and that the lifecycle allows it, and audits.
 * @throws conflict when somebody changed the lifecycle since it was read
 */
export async function retireDevice(tx: Transaction, ctx: ServiceContext, device: Retired, reason: string): Promise<void> {
  // Loses to whoever changed the lifecycle since it was read.
  const { count } = await tx.device.updateMany({
    where: { id: device.id, lifecycle: device.lifecycle },
    data: { lifecycle: "decommissioned", decommissionedAt: ctx.now, decommissionReason: reason, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("conflict", "Somebody else has just changed this device. Look at it again.");
  await endService(tx, ctx.now, [device.id]);
  await announce(tx, { topic: "credentials", farmIds: [device.farmId], ids: [device.deviceId] });
  await announce(tx, { topic: "farms", farmIds: [device.farmId], ids: [] });
  await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
  await announce(tx, { topic: "maintenance", farmIds: [device.farmId], ids: [device.deviceId] });
}
