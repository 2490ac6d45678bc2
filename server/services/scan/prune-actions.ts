import type { Database } from "@/server/db/client";

/** Nobody keeps a tablet in a drawer for a season and then sends what it holds twice. */
const KEEP_DAYS = 120;

/** Forgets which actions were carried out long ago. */
export async function pruneActions(db: Database): Promise<number> {
  const { count } = await db.fieldAction.deleteMany({ where: { receivedAt: { lt: new Date(Date.now() - KEEP_DAYS * 86_400_000) } } });
  return count;
}
