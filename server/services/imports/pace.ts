const WANTED_MS = 300;
const FEWEST_ROWS = 100;
const MOST_ROWS = 2_000;

/**
 * How many rows a batch has: so many that its transaction is short. The embedded database has one session; whoever holds
 * it for long makes everybody wait.
 */
export class Pace {
  rows: number;
  readonly #isFixed: boolean;

  constructor(rows: number, { isFixed = false } = {}) {
    this.rows = rows;
    this.#isFixed = isFixed;
  }

  /** @param elapsedMs how long a full batch took */
  heed(elapsedMs: number): void {
    if (this.#isFixed) return;
    const factor = Math.min(1.5, Math.max(0.5, WANTED_MS / elapsedMs));
    this.rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.round(this.rows * factor)));
  }
}
