import type { Database } from "@/server/db/client";

const KEPT_DAYS = 90;

/** Forgets what was told more than 90 days ago. @returns how many rows */
export async function pruneNotifications(db: Database): Promise<number> {
  return db.$executeRaw`
    DELETE FROM notification WHERE planned_at < now() - make_interval(days => ${KEPT_DAYS}::int) AND state NOT IN ('waiting', 'sending')`;
}
