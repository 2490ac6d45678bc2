import type { Actor } from "@/server/actor";
import type { Database, Transaction } from "@/server/db/client";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import type { FarmPermission } from "@/server/domain/people/policy";
import { AppError } from "@/server/errors";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";

/**
 * Loads one device by its public ID for a verb that needs a permission on its farm.
 * @throws not_found outside the caller's farms (no hint whether it exists), forbidden when the role does not allow it
 */
export async function findDevice(db: Database | Transaction, actor: Actor, deviceId: string, permission: FarmPermission) {
  // What is no device ID may hold signs that PostgreSQL refuses.
  const device =
    DEVICE_ID_PATTERN.test(deviceId) &&
    (await db.device.findFirst({ where: { deviceId, ...farmFilter(actor, "device.read") }, include: { farm: true } }));
  if (!device) throw new AppError("not_found", `There is no device ${deviceId} on your farms.`);
  requireFarmPermission(actor, device.farmId, permission);
  return device;
}

/**
 * Lets one transaction at a time change a device's credentials: two rotations at once would each spare the other's new
 * password. Call it before the device is read.
 */
export async function lockDevice(tx: Transaction, device: { deviceId: string } | { id: string }): Promise<void> {
  if ("id" in device) await tx.$queryRaw`SELECT 1 FROM device WHERE id = ${device.id}::uuid FOR UPDATE`;
  else await tx.$queryRaw`SELECT 1 FROM device WHERE device_id = ${device.deviceId} FOR UPDATE`;
}
