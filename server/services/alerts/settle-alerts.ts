import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { judgeDevices } from "@/server/services/health/judge-devices";

/**
 * Ends the alerts of devices that have just left service or gone into maintenance, in one statement, however many.
 */
export async function settleAlerts(tx: Transaction, now: Date, deviceKeys: readonly string[]): Promise<void> {
  await judgeDevices(tx, { now, receivingSince: null }, { devices: Prisma.sql`d.id = ANY(${deviceKeys}::uuid[])`, counts: false });
}
