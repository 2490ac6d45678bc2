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

/** @param run `undefined` = it has never run */
export function jobState(run: LastRun | undefined, everySeconds: number, now: Date): JobState {
  if (!run) return "never";
  if (!run.finishedAt && run.isHeld) return "running";
  if (now.getTime() - run.startedAt.getTime() > (2 * everySeconds + PATIENCE_SECONDS) * 1000) return "late";
  if (!run.finishedAt) return "cut_off";
  return run.hasFailed ? "failed" : "done";
}
