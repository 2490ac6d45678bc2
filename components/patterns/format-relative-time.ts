const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `12 s`, `41 min`, `3 h`, `4 d`; the future as `in 5 min`. A few seconds ahead are clock skew: `0 s`. */
export function formatRelativeTime(atMs: number, nowMs: number): string {
  const elapsedMs = nowMs - atMs;
  if (elapsedMs < -10_000) return `in ${formatDuration(-elapsedMs)}`;
  return formatDuration(Math.max(0, elapsedMs));
}

/** The largest whole unit: `12 s`, `41 min`, `3 h`, `4 d`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < MINUTE_MS) return `${Math.floor(durationMs / 1000)} s`;
  if (durationMs < HOUR_MS) return `${Math.floor(durationMs / MINUTE_MS)} min`;
  if (durationMs < DAY_MS) return `${Math.floor(durationMs / HOUR_MS)} h`;
  return `${Math.floor(durationMs / DAY_MS)} d`;
}
