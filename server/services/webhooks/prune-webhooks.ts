import type { Database } from "@/server/db/client";

const KEEP_DELIVERED = "7 days";
/** Dead letters, and what waits for an endpoint that is off. */
const KEEP_UNDELIVERED = "30 days";
/** At once, so that no statement takes long; the next run goes on. */
const AT_ONCE = 20_000;

/** Forgets messages that were delivered a week ago, and others after a month. */
export async function pruneWebhooks(db: Database): Promise<number> {
  return db.$executeRaw`
    WITH old AS (
      SELECT id FROM webhook_event WHERE at < now() - ${KEEP_UNDELIVERED}::interval
      UNION ALL
      (SELECT v.id FROM webhook_event v WHERE v.at < now() - ${KEEP_DELIVERED}::interval
        AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.event_id = v.id
          AND (d.state <> 'delivered' OR d.attempted_at >= now() - ${KEEP_DELIVERED}::interval))
      LIMIT ${AT_ONCE})
    )
    DELETE FROM webhook_event v USING (SELECT DISTINCT id FROM old LIMIT ${AT_ONCE}) old WHERE v.id = old.id`;
}
