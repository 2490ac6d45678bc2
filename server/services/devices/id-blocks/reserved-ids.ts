import type { Actor } from "@/server/actor";
import type { Database, Transaction } from "@/server/db/client";
import { parseDeviceId } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { allows, authorOf } from "@/server/services/authorize";

/** A device that somebody wants to register. */
export interface WantedDevice {
  deviceId: string;
  farmId: string;
  type: DeviceType;
}

/**
 * Which of these IDs are reserved for something else: for another farm, or for another type of device. One statement,
 * however many they are. In a transaction that registers them, call `holdDeviceIds` first.
 * @param maySee whether the person may know that farm; others are not named
 * @returns what to tell the person, by device ID
 */
export async function findReservedIds(
  db: Database | Transaction,
  maySee: (farmId: string) => boolean,
  wanted: readonly WantedDevice[],
): Promise<Map<string, string>> {
  const parsed = wanted.flatMap((device) => {
    const id = parseDeviceId(device.deviceId);
    return id ? [{ ...device, ...id }] : [];
  });
  if (parsed.length === 0) return new Map();
  const rows = await db.$queryRaw<{ device_id: string; farm_id: string; farm_name: string; type: DeviceType; farm_differs: boolean }[]>`
    SELECT w.device_id, b.farm_id, f.name AS farm_name, b.type, b.farm_id <> w.farm_id AS farm_differs
    FROM unnest(${parsed.map((id) => id.deviceId)}::text[], ${parsed.map((id) => id.prefix)}::text[], ${parsed.map((id) => id.number)}::int[],
        ${parsed.map((id) => id.farmId)}::uuid[], ${parsed.map((id) => id.type)}::text[]::device_type[])
      AS w(device_id, prefix, number, farm_id, type)
    JOIN device_id_block b ON b.prefix = w.prefix AND w.number BETWEEN b.first_number AND b.last_number AND b.released_at IS NULL
    JOIN farm f ON f.id = b.farm_id
    WHERE b.farm_id <> w.farm_id OR b.type <> w.type`;
  return new Map(
    rows.map((row) => {
      const owner = maySee(row.farm_id) ? row.farm_name : "another farm";
      const reason = row.farm_differs ? owner : DEVICE_TYPE_FACTS[row.type].plural.toLowerCase();
      return [row.device_id, `${row.device_id} is reserved for ${reason}, choose another ID`];
    }),
  );
}

/** Which farms somebody may know of; a device that registers itself, none. */
export function farmsSeenBy(actor: Actor): (farmId: string) => boolean {
  return (farmId) => authorOf(actor) !== null && allows(actor, farmId, "device.read");
}
