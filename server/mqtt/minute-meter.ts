const SECONDS = 60;

/** Counts how often something happened within the last minute, to the second. */
export class MinuteMeter {
  readonly #counts = new Array<number>(SECONDS).fill(0);
  #second = 0;

  /** @param nowMs a clock that never goes back; left out = the process's own */
  add(nowMs = performance.now()): void {
    this.#forget(nowMs);
    this.#counts[this.#second % SECONDS]! += 1;
  }

  /** Within the last 60 seconds. */
  perMinute(nowMs = performance.now()): number {
    this.#forget(nowMs);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #forget(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second - this.#second >= SECONDS) this.#counts.fill(0);
    else for (let passed = this.#second + 1; passed <= second; passed++) this.#counts[passed % SECONDS] = 0;
    this.#second = Math.max(second, this.#second);
  }
}
