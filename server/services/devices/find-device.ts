import type { Actor } from "@/server/actor";
import type { Database, Transaction } from "@/server/db/client";
import type { FarmPermission } from "@/server/domain/people/policy";
import { AppError } from "@/server/errors";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";

/**
 * Loads one device by its public ID for a verb that needs a permission on its farm.
 * @throws not_found outside the caller's farms (no hint whether it exists), forbidden when the role does not allow it
 */
export async function findDevice(db: Database | Transaction, actor: Actor, deviceId: string, permission: FarmPermission) {
  const device = await db.device.findFirst({ where: { deviceId, ...farmFilter(actor, "device.read") }, include: { farm: true } });
  if (!device) throw new AppError("not_found", `There is no device ${deviceId} on your farms.`);
  requireFarmPermission(actor, device.farmId, permission);
  return device;
}
