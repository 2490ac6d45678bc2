import type { Database } from "@/server/db/client";
import { JOB_FACTS, JOB_NAMES, type JobName } from "@/server/domain/system/jobs";
import { jobState, lastDue, type JobState } from "@/server/domain/system/job-state";

export interface JobView {
  name: JobName;
  state: JobState;
  /** Of the last run. */
  startedAt: Date | null;
  durationMs: number | null;
  /** What it did. */
  counts: Record<string, number>;
  /** Why it failed. */
  error: string | null;
  /** When the clock will call it next, going by its last run or the clock's own start. */
  nextAt: Date | null;
  runs: number;
  /** Of the last 24 hours. */
  day: { runs: number; failures: number; longestMs: number | null };
  lastFailedAt: Date | null;
  lastFailure: string | null;
}

interface Row {
  name: string;
  now: Date;
  started_at: Date;
  finished_at: Date | null;
  duration_ms: number | null;
  counts: Record<string, number>;
  error: string | null;
  runs: bigint;
  last_failed_at: Date | null;
  last_failure: string | null;
  is_held: boolean;
  day_runs: number;
  day_failures: number;
  day_longest_ms: number | null;
}

/**
 * Every scheduled job with its last run and how the last 24 hours went. One statement.
 * @param clockSince since when a worker runs; `null` = none does, or nobody knows
 */
export async function readJobs(db: Database, clockSince: Date | null): Promise<JobView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT j.*, now() AS now, EXISTS (SELECT FROM lease l WHERE l.name = 'job:' || j.name AND l.expires_at > now()) AS is_held,
      coalesce(h.runs, 0)::int AS day_runs, coalesce(h.failures, 0)::int AS day_failures, h.longest_ms AS day_longest_ms
    FROM job_run j LEFT JOIN LATERAL (SELECT sum(runs) AS runs, sum(failures) AS failures, max(longest_ms) AS longest_ms
      FROM job_hour WHERE name = j.name AND hour > now() - interval '24 hours') h ON true`;
  const byName = new Map(rows.map((row) => [row.name, row]));
  return JOB_NAMES.map((name) => viewOf(name, byName.get(name), clockSince));
}

function viewOf(name: JobName, row: Row | undefined, clockSince: Date | null): JobView {
  const { everySeconds } = JOB_FACTS[name];
  const state = jobState(
    row && { startedAt: row.started_at, finishedAt: row.finished_at, hasFailed: row.error !== null, isHeld: row.is_held },
    everySeconds,
    row?.now ?? new Date(),
    clockSince,
  );
  const since = lastDue(row?.started_at ?? null, clockSince);
  const isOver = row?.finished_at !== null;
  return {
    name,
    state,
    startedAt: row?.started_at ?? null,
    // Until a run has ended these are those of the one before.
    durationMs: isOver ? (row?.duration_ms ?? null) : null,
    counts: isOver ? (row?.counts ?? {}) : {},
    error: isOver ? (row?.error ?? null) : null,
    nextAt: since && new Date(since.getTime() + everySeconds * 1000),
    runs: Number(row?.runs ?? 0),
    day: { runs: row?.day_runs ?? 0, failures: row?.day_failures ?? 0, longestMs: row?.day_longest_ms ?? null },
    lastFailedAt: row?.last_failed_at ?? null,
    lastFailure: row?.last_failure ?? null,
  };
}
