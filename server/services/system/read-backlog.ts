import type { Database } from "@/server/db/client";

export const BACKLOGS = ["changes", "commands", "notifications", "webhooks", "imports"] as const;

export interface Backlog {
  what: (typeof BACKLOGS)[number];
  /** Rows that are there: changes until they are forgotten, of the others what is due and not done. */
  waiting: number;
  /** How long the oldest has waited; `null` = nothing waits. */
  oldestSeconds: number | null;
}

/** What is on its way: the change feed, and what is due in each outbox. One statement. */
export async function readBacklog(db: Database): Promise<Backlog[]> {
  return db.$queryRaw<Backlog[]>`
    SELECT what, count::int AS waiting, CASE WHEN oldest IS NOT NULL THEN greatest(0, extract(epoch FROM now() - oldest)) END::float8 AS "oldestSeconds" FROM (
      SELECT 1 AS place, 'changes' AS what, count(*) AS count, min(at) AS oldest FROM change_feed
      UNION ALL
      SELECT 2, 'commands', count(*), min(available_at) FROM device_command WHERE finished_at IS NULL AND available_at <= now() AND expires_at > now()
      UNION ALL
      SELECT 3, 'notifications', count(*), min(due_at) FROM notification WHERE state < 'sent' AND due_at <= now()
      UNION ALL
      SELECT 4, 'webhooks', count(*), min(d.due_at) FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id AND e.enabled
      WHERE d.state < 'delivered' AND d.due_at <= now()
      UNION ALL
      SELECT 5, 'imports', count(*), min(worked_at) FROM import_job WHERE state IN ('reading', 'importing', 'undoing')) AS waits
    ORDER BY place`;
}
