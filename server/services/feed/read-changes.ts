import type { Database } from "@/server/db/client";
import type { Change, FeedTopic } from "./announce";

export interface FeedEntry extends Change {
  id: bigint;
}

/**
 * Everything committed since a former call, in no more than two statements. Transactions commit out of id order, so
 * the cursor is the snapshot's xmin: whatever was still running then is read next time, nothing is skipped. Entries
 * may therefore come twice; the caller drops the ids it has seen.
 * @param cursor of the former call; `undefined` starts now
 */
export async function readChanges(db: Database, cursor: bigint | undefined): Promise<{ entries: FeedEntry[]; cursor: bigint }> {
  if (cursor === undefined) {
    const [row] = await db.$queryRaw<{ xmin: bigint }[]>`SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS xmin`;
    return { entries: [], cursor: row?.xmin ?? 0n };
  }
  const rows = await db.$queryRaw<{ id: bigint | null; topic: FeedTopic; farm_ids: string[]; ids: string[]; xmin: bigint }[]>`
    SELECT f.id, f.topic, f.farm_ids, f.ids, (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS xmin
    FROM (SELECT 1) AS always LEFT JOIN change_feed f ON f.xid >= ${cursor}
    ORDER BY f.id`;
  const entries = rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, topic: row.topic, farmIds: row.farm_ids, ids: row.ids }]));
  return { entries, cursor: rows[0]?.xmin ?? cursor };
}

/** Forgets changes older than ten minutes; a watcher that was away for longer reloads. */
export async function pruneChanges(db: Database): Promise<number> {
  return db.$executeRaw`DELETE FROM change_feed WHERE at < now() - interval '10 minutes'`;
}
