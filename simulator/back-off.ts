import type { Random } from "./random";

export interface BackOff {
  /** Ceiling of the first wait. */
  firstMs: number;
  /** No wait is longer. */
  lastMs: number;
  /** A connection that held this long starts the schedule over. */
  stableMs: number;
}

/** The schedule docs/device-protocol.md asks of every device. */
export const PROTOCOL_BACK_OFF: BackOff = { firstMs: 1000, lastMs: 300_000, stableMs: 60_000 };

/**
 * Wait before the next attempt: anything from nothing to a ceiling that doubles with every failure (full jitter), so
 * that devices that lost the same broker do not return in step.
 * @param failures attempts that failed in a row, 0 after a stable connection
 */
export function reconnectDelayMs(failures: number, random: Random, backOff: BackOff): number {
  const ceilingMs = Math.min(backOff.lastMs, backOff.firstMs * 2 ** Math.min(failures, 30));
  return random.between(0, ceilingMs);
}
