import type { Transaction } from "@/server/db/client";

/**
 * Ends the passwords devices have, at once or after an overlap. A former rotation may have set an earlier end: an
 * overlap is never lengthened by the next one. One statement, however many devices.
 * @param overlapHours 0 = at once
 */
export async function endCredentials(tx: Transaction, now: Date, deviceKeys: readonly string[], overlapHours: number): Promise<void> {
  const end = new Date(now.getTime() + overlapHours * 3_600_000);
  await tx.$executeRaw`
    UPDATE device_credential SET
      valid_until = CASE WHEN ${overlapHours} > 0 THEN least(coalesce(valid_until, ${end}), ${end}) ELSE valid_until END,
      revoked_at = CASE WHEN ${overlapHours} > 0 THEN NULL ELSE ${now}::timestamptz END
    WHERE device_key = ANY(${deviceKeys}::uuid[]) AND revoked_at IS NULL`;
}
