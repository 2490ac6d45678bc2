/** A signal that aborts with another one, or when nothing has refreshed it for a while. Dispose of it when done. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #relay: () => void;

  constructor(
    private readonly parent: AbortSignal,
    timeoutMs: number,
  ) {
    this.#relay = () => this.#controller.abort(parent.reason);
    this.#timer = setTimeout(() => this.#controller.abort(new Error("no answer in time")), timeoutMs);
    parent.addEventListener("abort", this.#relay);
    if (parent.aborted) this.#relay();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  refresh(): void {
    this.#timer.refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.parent.removeEventListener("abort", this.#relay);
  }
}
