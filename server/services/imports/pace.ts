const SLOW_MS = 400;
const FAST_MS = 120;
const FEWEST_ROWS = 100;
const MOST_ROWS = 2_000;

/**
 * How many rows a batch has: so many that its transaction is short. The embedded database has one session; whoever holds
 * it for long makes everybody wait.
 */
export class Pace {
  rows: number;

  constructor(rows: number) {
    this.rows = rows;
  }

  /** @param elapsedMs how long a full batch took */
  heed(elapsedMs: number): void {
    if (elapsedMs > SLOW_MS) this.rows = Math.max(FEWEST_ROWS, Math.round(this.rows / 2));
    else if (elapsedMs < FAST_MS) this.rows = Math.min(MOST_ROWS, Math.round(this.rows * 1.5));
  }
}
