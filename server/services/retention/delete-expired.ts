import type { Database } from "@/server/db/client";
import type { Retention } from "@/server/domain/retention/settings";
import { EXPIRED, EXPIRED_KINDS, type Expired, type ExpiredKind } from "./expired-sql";

/** Rows at once: a long DELETE would hold up ingest. */
export const BATCH_ROWS = 20_000;
/** For one kind in one run. With a run every five minutes this is more than 200,000 devices add. */
export const MOST_BATCHES = 5;

/** Deletes what is kept no longer, a bounded number of rows of each kind a run. @returns rows by kind */
export async function deleteExpired(db: Database, retention: Retention): Promise<Record<ExpiredKind, number>> {
  const counts = {} as Record<ExpiredKind, number>;
  for (const kind of EXPIRED_KINDS) {
    const expired = EXPIRED[kind](retention);
    if (expired && kind === "commands") await settleBulkItems(db, expired);
    counts[kind] = expired ? await deleteSome(db, expired) : 0;
  }
  return counts;
}

async function deleteSome(db: Database, { table, where, order }: Expired): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const count = await db.$executeRaw`
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM ${table} t WHERE ${where} ORDER BY ${order} LIMIT ${BATCH_ROWS}::int))`;
    deleted += count;
    if (count < BATCH_ROWS) break;
  }
  return deleted;
}

/** A device's part in a bulk action is told by its command: what became of it is written down before that goes. */
async function settleBulkItems(db: Database, { where }: Expired): Promise<void> {
  await db.$executeRaw`
    UPDATE bulk_item i SET reason = coalesce(i.reason, t.error), state = CASE t.state WHEN 'succeeded' THEN 'done'
      WHEN 'cancelled' THEN 'cancelled' ELSE 'failed' END::bulk_item_state
    FROM device_command t WHERE t.id = i.command_id AND i.state = 'pending' AND ${where}`;
}
