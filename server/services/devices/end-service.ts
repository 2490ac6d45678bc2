import type { Transaction } from "@/server/db/client";
import { settleAlerts } from "@/server/services/alerts/settle-alerts";

/**
 * What the end of service means besides the lifecycle: credentials revoked, waiting commands cancelled, the connection
 * closed by the broker, alerts ended. Four statements, however many devices.
 */
export async function endService(tx: Transaction, now: Date, deviceKeys: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE device_credential SET revoked_at = ${now}::timestamptz WHERE device_key = ANY(${deviceKeys}::uuid[]) AND revoked_at IS NULL`;
  await tx.$executeRaw`
    UPDATE device_command SET state = 'cancelled', finished_at = ${now}::timestamptz, error = 'The device was decommissioned.'
    WHERE device_key = ANY(${deviceKeys}::uuid[]) AND finished_at IS NULL`;
  await tx.$executeRaw`
    UPDATE device_state SET connected = false, needs_attention = false WHERE device_key = ANY(${deviceKeys}::uuid[])`;
  await settleAlerts(tx, now, deviceKeys);
}
