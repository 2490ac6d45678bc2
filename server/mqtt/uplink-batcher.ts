import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/server/db/client";
import { logFor } from "@/server/log";
import { ingestUplinks, type DeviceUplink } from "@/server/services/ingest/ingest-uplinks";

const log = logFor("ingest");

/** Messages written in one transaction at most. */
const MAX_BATCH = 1_000;
/** Waiting this long lets messages of a busy moment share a commit; alone it is not felt. */
const GATHER_MS = 5;
const RETRY_MS = 500;
/** After this the sender is told that nothing was stored, and sends again. */
const GIVE_UP_MS = 30_000;
/** Beyond it new messages are refused instead of held in memory. */
const MAX_WAITING = 50_000;

interface Waiting {
  message: DeviceUplink;
  resolve: () => void;
  reject: (error: Error) => void;
  since: number;
}

/**
 * Gathers messages of all devices into few transactions. `add` resolves when the message is committed and only then
 * may the sender be acknowledged. A message that the database refuses is isolated by halving its batch, logged and
 * dropped: it cannot block the others. A database that is away is waited for.
 */
export class UplinkBatcher {
  readonly #db: Database;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws when the message could not be stored within 30 seconds; it may then be sent again */
  add(message: DeviceUplink): Promise<void> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new Error("too many messages are waiting for the database"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject, since: Date.now() });
      this.#flushing ??= this.#flush().finally(() => {
        this.#flushing = undefined;
      });
    });
  }

  /** Resolves when everything added so far is settled. */
  async drain(): Promise<void> {
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    await sleep(GATHER_MS);
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, MAX_BATCH));
    }
  }

  async #write(batch: Waiting[]): Promise<void> {
    for (let refusals = 0; ;) {
      try {
        await ingestUplinks(
          this.#db,
          batch.map((waiting) => waiting.message),
          new Date(),
        );
        for (const waiting of batch) waiting.resolve();
        return;
      } catch (error) {
        if (await this.#isDatabaseUp()) {
          // The first refusal may be a deadlock or a lost connection; the second is about this batch.
          if (++refusals > 1) return this.#isolate(batch, error);
        } else {
          if (Date.now() - (batch[0]?.since ?? 0) > GIVE_UP_MS) return this.#giveUp(batch);
          await sleep(RETRY_MS);
        }
      }
    }
  }

  async #isolate(batch: Waiting[], error: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) {
      log.error({ err: error, deviceId: only.message.deviceId }, "the database refused a message; it is dropped");
      only.resolve();
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await this.#write(batch.slice(0, middle));
    await this.#write(batch.slice(middle));
  }

  #giveUp(batch: Waiting[]): void {
    log.warn({ messages: batch.length }, "the database is away; senders are not acknowledged and will send again");
    for (const waiting of batch) waiting.reject(new Error("the database is away"));
  }

  async #isDatabaseUp(): Promise<boolean> {
    try {
      await this.#db.$queryRaw`SELECT 1`;
      return true;
    } catch {
      return false;
    }
  }
}
