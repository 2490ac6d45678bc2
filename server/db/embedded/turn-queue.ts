import type { PGlite } from "@electric-sql/pglite";

/** Frontend messages after which PostgreSQL is ready for another client's turn (protocol 3.0, section 55.2). */
const ENDS_TURN = new Set(["Q", "S", "F", "X", "c", "f"].map((letter) => letter.charCodeAt(0)));
const FLUSH = "H".charCodeAt(0);
const SYNC = "S".charCodeAt(0);
/** A client that holds a transaction open this long while others wait is cut off. */
const MAX_HOLD_MS = 15_000;

interface Turn {
  handlerId: number;
  bytes: Uint8Array;
  onData: (data: Uint8Array) => void;
  resolve: (bytesSent: number) => void;
  reject: (error: Error) => void;
}

/**
 * Decides whose bytes reach PGlite's one session next. Takes the place of pglite-socket's own queue, which lets other
 * clients in between the Parse and the Bind of one query ("unnamed prepared statement does not exist") and stops for
 * good after an error. Here a turn is everything up to Sync, and a transaction keeps its client's turn until it ends.
 * The four methods are those that PGLiteSocketServer calls (docs/decisions/004).
 */
export class TurnQueue {
  readonly #db: PGlite;
  readonly #partial = new Map<number, Uint8Array[]>();
  readonly #cutOff = new Set<number>();
  #queue: Turn[] = [];
  /** Work that needs the engine while nobody's transaction is open. */
  #alone: (() => Promise<void>)[] = [];
  #running = false;
  /** Whose extended query or transaction is open. */
  #holder: number | undefined;
  #heldSince = 0;
  #isMidQuery = false;

  constructor(db: PGlite) {
    this.#db = db;
    setInterval(() => this.#cutOffSleeper(), 1_000).unref();
  }

  enqueue(handlerId: number, message: Uint8Array, onData: (data: Uint8Array) => void): Promise<number> {
    if (this.#cutOff.has(handlerId)) return Promise.reject(new Error("transaction was held open too long"));
    const type = message[0] ?? 0;
    const isStartup = type === 0;
    const parts = this.#partial.get(handlerId) ?? [];
    parts.push(message);
    if (!isStartup && !ENDS_TURN.has(type) && type !== FLUSH) {
      this.#partial.set(handlerId, parts);
      return Promise.resolve(0);
    }
    this.#partial.delete(handlerId);
    return new Promise((resolve, reject) => {
      this.#queue.push({ handlerId, bytes: Buffer.concat(parts), onData, resolve, reject });
      void this.#run();
    });
  }

  /** Runs work on the engine's files between two transactions: everybody waits until it is done. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#alone.push(() => work().then(resolve, reject));
      void this.#run();
    });
  }

  getQueueLength(): number {
    return this.#queue.length;
  }

  clearQueueForHandler(handlerId: number): void {
    this.#partial.delete(handlerId);
    for (const turn of this.#queue) if (turn.handlerId === handlerId) turn.reject(new Error("client disconnected"));
    this.#queue = this.#queue.filter((turn) => turn.handlerId !== handlerId);
  }

  /** A client is gone: what it left open is rolled back. */
  async clearTransactionIfNeeded(handlerId: number): Promise<void> {
    this.#cutOff.delete(handlerId);
    if (this.#holder !== handlerId) return;
    await this.#release();
    await this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const alone = this.#holder === undefined ? this.#alone.shift() : undefined;
      const turn = alone ? undefined : this.#next();
      if (alone) await alone();
      else if (turn) await this.#take(turn);
      else break;
    }
    this.#running = false;
  }

  #next(): Turn | undefined {
    if (this.#holder === undefined) return this.#queue.shift();
    const index = this.#queue.findIndex((turn) => turn.handlerId === this.#holder);
    return index === -1 ? undefined : this.#queue.splice(index, 1)[0];
  }

  async #take(turn: Turn): Promise<void> {
    let sent = 0;
    try {
      await this.#db.runExclusive(() =>
        this.#db.execProtocolRawStream(turn.bytes, {
          onRawData: (data) => {
            sent += data.length;
            turn.onData(data);
          },
        }),
      );
      turn.resolve(sent);
    } catch (error) {
      turn.reject(error instanceof Error ? error : new Error(String(error)));
    }
    this.#isMidQuery = endsWithFlush(turn.bytes);
    this.#holder = this.#isMidQuery || this.#db.isInTransaction() ? turn.handlerId : undefined;
    this.#heldSince = Date.now();
  }

  #cutOffSleeper(): void {
    if (this.#holder === undefined || this.#running || this.#queue.length + this.#alone.length === 0) return;
    if (Date.now() - this.#heldSince < MAX_HOLD_MS) return;
    this.#cutOff.add(this.#holder);
    void this.#release().then(() => this.#run());
  }

  async #release(): Promise<void> {
    if (this.#isMidQuery)
      await this.#db.runExclusive(() => this.#db.execProtocolRawStream(Uint8Array.of(SYNC, 0, 0, 0, 4), { onRawData: () => undefined }));
    if (this.#db.isInTransaction()) await this.#db.exec("ROLLBACK");
    this.#isMidQuery = false;
    this.#holder = undefined;
  }
}

function endsWithFlush(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 5 && bytes.at(-5) === FLUSH && bytes.at(-1) === 4 && bytes.at(-2) === 0 && bytes.at(-3) === 0 && bytes.at(-4) === 0
  );
}
