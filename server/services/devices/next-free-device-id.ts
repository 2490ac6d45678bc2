import type { Database, Transaction } from "@/server/db/client";
import { nextDeviceId } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";

/**
 * The device ID after the highest in use for a type, over all farms because IDs are global.
 * @returns `undefined` when all numbers are used up
 */
export async function nextFreeDeviceId(db: Database | Transaction, type: DeviceType): Promise<string | undefined> {
  const { prefix } = DEVICE_TYPE_FACTS[type];
  // Both ends are device IDs themselves: other signs sort differently from one collation to the next.
  const [row] = await db.$queryRaw<{ highest: number | null }[]>`
    SELECT max(substr(device_id, 3)::int) AS highest FROM device
    WHERE device_id BETWEEN ${`${prefix}000`} AND ${`${prefix}999999`}`;
  return nextDeviceId(prefix, row?.highest ?? 0);
}
