import type { Database, Transaction } from "@/server/db/client";
import { nextDeviceId } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";

/**
 * The device ID after the highest in use or reserved for a type, over all farms because IDs are global. Who registers it
 * in the same transaction calls `holdDeviceIds` first.
 * @returns `undefined` when all numbers are used up
 */
export async function nextFreeDeviceId(db: Database | Transaction, type: DeviceType): Promise<string | undefined> {
  const { prefix } = DEVICE_TYPE_FACTS[type];
  return nextDeviceId(prefix, await highestDeviceNumber(db, prefix));
}

/** The highest number in use or reserved with a prefix; 0 when there is none. */
export async function highestDeviceNumber(db: Database | Transaction, prefix: string): Promise<number> {
  // Both ends are device IDs themselves: other signs sort differently from one collation to the next.
  const [row] = await db.$queryRaw<{ highest: number | null }[]>`
    SELECT greatest(
      (SELECT max(substr(device_id, 3)::int) FROM device WHERE device_id BETWEEN ${`${prefix}000`} AND ${`${prefix}999999`}),
      (SELECT max(last_number) FROM device_id_block WHERE prefix = ${prefix} AND released_at IS NULL)) AS highest`;
  return row?.highest ?? 0;
}
