import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { ForeignChange } from "@/server/domain/scan/conflict";

/** Who last changed something about a device, and when. @param what condition on `audit_event` */
export async function lastChangeOf(db: Database, deviceId: string, what: Prisma.Sql): Promise<ForeignChange | null> {
  const [row] = await db.$queryRaw<{ actor_label: string; at: Date }[]>`
    SELECT actor_label, at FROM audit_event WHERE subject_type = 'device' AND subject_id = ${deviceId} AND ${what}
    ORDER BY at DESC LIMIT 1`;
  return row ? { by: row.actor_label, at: row.at.toISOString() } : null;
}
