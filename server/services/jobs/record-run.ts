import type { Database } from "@/server/db/client";

/**
 * Runs a scheduled job and keeps what it did, how long it took and why it failed, for the status page and the metrics.
 * @param run gets the moment at which the run before this one began
 */
export async function recordRun(
  db: Database,
  name: string,
  run: (former: Date | undefined) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const [begun] = await db.$queryRaw<{ former: Date | null }[]>`
    WITH former AS (SELECT started_at FROM job_run WHERE name = ${name}), begun AS (
      INSERT INTO job_run AS j (name, started_at, runs) VALUES (${name}, now(), 1)
      ON CONFLICT (name) DO UPDATE SET started_at = now(), finished_at = NULL, runs = j.runs + 1)
    SELECT (SELECT started_at FROM former) AS former`;
  const began = performance.now();
  const finish = (counts: Record<string, number>, error: string | null) => db.$executeRaw`
    UPDATE job_run SET finished_at = now(), duration_ms = ${Math.round(performance.now() - began)}::int, error = ${error},
      counts = ${JSON.stringify(counts)}::jsonb, failures = failures + CASE WHEN ${error}::text IS NULL THEN 0 ELSE 1 END
    WHERE name = ${name}`;
  try {
    const counts = await run(begun?.former ?? undefined);
    await finish(counts, null);
    return counts;
  } catch (error) {
    await finish({}, error instanceof Error ? error.message.slice(0, 500) : "unknown").catch(() => undefined);
    throw error;
  }
}
