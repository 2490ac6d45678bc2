import type { Actor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import { AppError, fieldError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import { holdDeviceIds } from "./id-blocks/hold-device-ids";
import { farmsSeenBy, findReservedIds, type WantedDevice } from "./id-blocks/reserved-ids";

interface Identity {
  deviceId: string;
  macAddress: string | null;
  manufacturer: string;
  serialNumber: string | null;
}

/**
 * Like {@link refuseTakenIdentity}, for a device that is about to be registered: its ID must not be reserved for another
 * farm or type either.
 * @throws conflict with a message at `deviceId`, `macAddress` or `serialNumber`
 */
export async function refuseNewIdentity(tx: Transaction, actor: Actor, identity: Identity & WantedDevice): Promise<void> {
  await holdDeviceIds(tx, [identity.deviceId.slice(0, 2)], "registering");
  await refuseTakenIdentity(tx, actor, identity, { isNew: true });
  const reserved = (await findReservedIds(tx, farmsSeenBy(actor), [identity])).get(identity.deviceId);
  if (reserved) throw fieldError("conflict", "deviceId", reserved);
}

/**
 * Says which field of a new or edited device is already somebody else's, in one query. The unique indexes decide
 * races; this gives the message.
 * @throws conflict with a message at `deviceId`, `macAddress` or `serialNumber`
 */
export async function refuseTakenIdentity(tx: Transaction, actor: Actor, identity: Identity, options: { isNew: boolean }): Promise<void> {
  const { deviceId, macAddress, manufacturer, serialNumber } = identity;
  const inService = { deviceId: { not: deviceId }, lifecycle: { not: "decommissioned" as const } };
  // One flat list: Prisma reads an empty inner OR as "everything".
  const clashes = [
    ...(options.isNew ? [{ deviceId }] : []),
    ...(macAddress ? [{ ...inService, macAddress }] : []),
    ...(serialNumber ? [{ ...inService, manufacturer, serialNumber }] : []),
  ];
  if (clashes.length === 0) return;
  const rows = await tx.device.findMany({
    where: { OR: clashes },
    select: { deviceId: true, farmId: true, macAddress: true, manufacturer: true, serialNumber: true },
  });
  if (rows.length === 0) return;

  const visible = farmIdsWith(actor, "device.read");
  const nameOf = (row: { deviceId: string; farmId: string }) =>
    !visible || visible.includes(row.farmId) ? row.deviceId : "a device on another farm";
  const fields: Record<string, string> = {};
  for (const row of rows) {
    if (row.deviceId === deviceId) fields.deviceId = `${deviceId} is already registered, choose another ID`;
    else if (macAddress && row.macAddress === macAddress) fields.macAddress = `This MAC address belongs to ${nameOf(row)}`;
    else if (row.serialNumber === serialNumber && row.manufacturer === manufacturer)
      fields.serialNumber = `This serial number belongs to ${nameOf(row)}`;
  }
  throw new AppError("conflict", Object.values(fields)[0] ?? "Already registered", { fields });
}
