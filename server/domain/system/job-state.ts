/** How a scheduled job stands. */
export type JobState =
  | "never"
  | "running"
  | "done"
  | "failed"
  /** It began and never ended: its process was stopped. */
  | "cut_off"
  /** Nobody has called it for a while. */
  | "late";

interface LastRun {
  startedAt: Date;
  finishedAt: Date | null;
  hasFailed: boolean;
  /** Somebody holds the job's lease. */
  isHeld: boolean;
}

/** A restart of the product takes less. */
const PATIENCE_SECONDS = 60;

/**
 * @param run `undefined` = it has never run
 * @param clockSince since when somebody is there to call it; `null` = not known. A clock that has just started owes nothing.
 */
export function jobState(run: LastRun | undefined, everySeconds: number, now: Date, clockSince: Date | null = null): JobState {
  if (run?.isHeld && !run.finishedAt) return "running";
  const since = lastDue(run?.startedAt ?? null, clockSince);
  if (since && now.getTime() - since.getTime() > (2 * everySeconds + PATIENCE_SECONDS) * 1000) return "late";
  if (!run) return "never";
  if (!run.finishedAt) return "cut_off";
  return run.hasFailed ? "failed" : "done";
}

/** From when the interval to a job's next run counts: its last run, or the start of the clock when that came later. */
export function lastDue(startedAt: Date | null, clockSince: Date | null): Date | null {
  return clockSince && (!startedAt || clockSince > startedAt) ? clockSince : startedAt;
}
