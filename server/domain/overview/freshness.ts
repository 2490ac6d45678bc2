/** How often a wall asks by itself, beside what it is told. */
export const WALL_REFRESH_SECONDS = 15;
/** Older than this is old: three askings in a row that failed. */
export const WALL_STALE_SECONDS = 50;

export type Freshness = "loading" | "fresh" | "stale" | "signed_out";

export interface FreshnessFacts {
  /** Of each thing shown, when it was last read; 0 = never. */
  readAtMs: readonly number[];
  /** Whether the server said that nobody is signed in. */
  isSignedOut: boolean;
}

/** Whether what a wall shows can be believed. The oldest of it decides. */
export function freshnessOf({ readAtMs, isSignedOut }: FreshnessFacts, nowMs: number): Freshness {
  if (isSignedOut) return "signed_out";
  const oldest = Math.min(...readAtMs);
  if (oldest === 0) return "loading";
  return nowMs - oldest > WALL_STALE_SECONDS * 1000 ? "stale" : "fresh";
}
