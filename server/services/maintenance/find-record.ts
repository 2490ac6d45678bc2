import type { Actor } from "@/server/actor";
import type { Database, Transaction } from "@/server/db/client";
import type { FarmPermission } from "@/server/domain/people/policy";
import { AppError } from "@/server/errors";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";

/**
 * Loads one record with its device for a verb that needs a permission on the device's farm.
 * @throws not_found outside the caller's farms, forbidden when the role does not allow it
 */
export async function findRecord(db: Database | Transaction, actor: Actor, recordId: string, permission: FarmPermission) {
  const record = await db.maintenanceRecord.findFirst({
    where: { id: recordId, device: farmFilter(actor, "device.read") },
    include: { device: { include: { farm: { select: { timeZone: true } } } } },
  });
  if (!record) throw new AppError("not_found", "There is no such maintenance record on your farms.");
  requireFarmPermission(actor, record.device.farmId, permission);
  return record;
}

/** What to say when somebody else was faster with the same record. */
export function recordChanged(): AppError {
  return new AppError("conflict", "Somebody else has changed this record meanwhile. Look at it again; yours was not saved.");
}
