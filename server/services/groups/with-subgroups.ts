import type { Database, Transaction } from "@/server/db/client";

/** The groups and everything below them, in one query. Whose devices may be seen is the caller's filter. */
export async function withSubgroups(db: Database | Transaction, groupIds: readonly string[]): Promise<string[]> {
  if (groupIds.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE branch AS (
      SELECT id FROM device_group WHERE id = ANY(${[...groupIds]}::uuid[])
      UNION
      SELECT g.id FROM device_group g JOIN branch b ON g.parent_id = b.id)
    SELECT id FROM branch`;
  return rows.map(({ id }) => id);
}
