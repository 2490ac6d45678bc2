import type { Database } from "@/server/db/client";

/** Hours of which it is known how often a job ran and failed. */
const KEPT_HOURS = 48;

/**
 * Runs a scheduled job and keeps what it did, how long it took and why it failed, for the system page and the metrics.
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
    WITH run AS (
      UPDATE job_run SET finished_at = now(), duration_ms = ${Math.round(performance.now() - began)}::int, error = ${error},
        counts = ${JSON.stringify(counts)}::jsonb, failures = failures + CASE WHEN ${error}::text IS NULL THEN 0 ELSE 1 END,
        last_failed_at = CASE WHEN ${error}::text IS NULL THEN last_failed_at ELSE now() END, last_failure = coalesce(${error}, last_failure)
      WHERE name = ${name} RETURNING duration_ms)
    INSERT INTO job_hour AS h (name, hour, runs, failures, longest_ms)
    SELECT ${name}, date_trunc('hour', now(), 'UTC'), 1, CASE WHEN ${error}::text IS NULL THEN 0 ELSE 1 END, duration_ms FROM run
    ON CONFLICT (name, hour) DO UPDATE SET runs = h.runs + 1, failures = h.failures + excluded.failures,
      longest_ms = greatest(h.longest_ms, excluded.longest_ms)`;
  try {
    const counts = await run(begun?.former ?? undefined);
    await finish(counts, null);
    return counts;
  } catch (error) {
    await finish({}, error instanceof Error ? error.message.slice(0, 500) : "unknown").catch(() => undefined);
    throw error;
  }
}

/** Forgets hours of two days ago. */
export async function forgetJobHours(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM job_hour WHERE hour < now() - make_interval(hours => ${KEPT_HOURS}::int)`;
}
