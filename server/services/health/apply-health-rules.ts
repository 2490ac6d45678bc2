import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { DEFAULT_THRESHOLDS } from "@/server/domain/health/thresholds";

const COLUMNS = {
  offline_window_seconds: DEFAULT_THRESHOLDS.offlineWindowSeconds,
  low_battery_threshold: DEFAULT_THRESHOLDS.lowBatteryThreshold,
  weak_signal_threshold: DEFAULT_THRESHOLDS.weakSignalThreshold,
  elevated_errors: DEFAULT_THRESHOLDS.elevatedErrors,
  high_errors: DEFAULT_THRESHOLDS.highErrors,
};
const each = (write: (column: Prisma.Sql, builtIn: number) => Prisma.Sql) =>
  Prisma.join(Object.entries(COLUMNS).map(([column, builtIn]) => write(Prisma.raw(column), builtIn)));

/**
 * Brings the thresholds kept on devices in line with the rules: a device's own, else its group's, else of the groups
 * above, else its type's, else the built-in. One statement; writes and announces only the devices that change.
 * @param where over `d` (device)
 * @returns how many changed
 */
export async function applyHealthRules(db: Database | Transaction, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ changed: bigint }[]>`
    WITH RECURSIVE group_rule AS (
      SELECT g.id, ${each((c) => Prisma.sql`r.${c}`)}
      FROM device_group g LEFT JOIN health_rule r ON r.group_id = g.id WHERE g.parent_id IS NULL
      UNION ALL
      SELECT g.id, ${each((c) => Prisma.sql`coalesce(r.${c}, above.${c})`)}
      FROM group_rule above JOIN device_group g ON g.parent_id = above.id LEFT JOIN health_rule r ON r.group_id = g.id
    ), wanted AS (
      SELECT d.id, ${each((c, builtIn) => Prisma.sql`coalesce(own.${c}, grouped.${c}, typed.${c}, ${builtIn}) AS ${c}`)}
      FROM device d
      LEFT JOIN health_rule own ON own.device_key = d.id
      LEFT JOIN group_rule grouped ON grouped.id = d.group_id
      LEFT JOIN health_rule typed ON typed.device_type = d.type
      WHERE ${where}
    ), changed AS (
      UPDATE device d SET ${each((c) => Prisma.sql`${c} = w.${c}`)}
      FROM wanted w WHERE d.id = w.id AND (${each((c) => Prisma.sql`d.${c}`)}) IS DISTINCT FROM (${each((c) => Prisma.sql`w.${c}`)})
      RETURNING d.device_id, d.farm_id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(device_id)
      FROM changed HAVING count(*) > 0
    )
    SELECT count(*) AS changed FROM changed`;
  return Number(row?.changed ?? 0n);
}
