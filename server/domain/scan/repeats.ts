/** So long after a code was last in sight it counts as scanned anew. */
export const REPEAT_MS = 2_000;

/** A camera sees a code many times a second: says which sight of it is a new scan. The clock is an argument. */
export class RepeatGuard {
  #text: string | undefined;
  #seenAt = -Infinity;

  /** @param now milliseconds, never going back */
  isNew(text: string, now: number): boolean {
    const isNew = text !== this.#text || now - this.#seenAt >= REPEAT_MS;
    this.#text = text;
    this.#seenAt = now;
    return isNew;
  }

  /** The same code still lies before the camera when its sheet is closed: that is no new scan. */
  touch(now: number): void {
    this.#seenAt = now;
  }
}
