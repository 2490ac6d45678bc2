import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/server/db/client";
import { isAccepted } from "@/server/domain/webhooks/retry";
import { logFor } from "@/server/log";
import type { Outside } from "@/server/services/net/safe-fetch";
import { claimDeliveries, type ClaimedDelivery } from "./claim-deliveries";
import { recordResults, type Attempt } from "./record-results";
import { ANSWER_WITHIN_MS, sendMessage } from "./send-message";
import { tellAdmins } from "./tell-admins";

const log = logFor("webhooks");

/** Messages on the wire to one endpoint at once. */
const WIRES = 8;
/** Results are gathered for so long before they are written down together. */
const GATHER_MS = 50;
/** Between two looks at what is due while nothing comes back. */
const PATIENCE_MS = 500;

interface DeliverOptions {
  /** Nothing is claimed any more after so long. */
  budgetMs?: number;
  answerWithinMs?: number;
  outside?: Outside;
  clock?: () => Date;
}

export interface Delivered extends Record<string, number> {
  delivered: number;
  failed: number;
}

/**
 * Sends what is due until nothing is, or the time is up. Each endpoint has wires of its own, so one that is slow, hangs or
 * fails keeps no other waiting. What is on its way when the time is up is finished in the background.
 */
export async function deliverWebhooks(db: Database, options: DeliverOptions = {}): Promise<Delivered> {
  const sender = new Sender(db, options);
  const end = performance.now() + (options.budgetMs ?? 20_000);
  let claimed: number;
  // What has been delivered may have made room for the next of the same thing: the end is when nothing is claimed.
  do claimed = await sender.turn();
  while ((claimed > 0 || !sender.isIdle) && performance.now() < end);
  if (!sender.isIdle) {
    void sender
      .finish()
      .catch((error: unknown) => log.warn({ err: error }, "results could not be written down; the messages are sent again"));
  }
  return { ...sender.counts };
}

class Sender {
  readonly counts: Delivered = { delivered: 0, failed: 0 };
  readonly #db: Database;
  readonly #clock: () => Date;
  readonly #options: DeliverOptions;
  /** Claimed and waiting for a wire, and how many are on one, by endpoint. */
  readonly #queues = new Map<string, ClaimedDelivery[]>();
  readonly #onWire = new Map<string, number>();
  #results: Attempt[] = [];
  #open = 0;
  #wake: () => void = () => undefined;

  constructor(db: Database, options: DeliverOptions) {
    this.#db = db;
    this.#options = options;
    this.#clock = options.clock ?? (() => new Date());
  }

  get isIdle(): boolean {
    return this.#open === 0;
  }

  /** Writes down what has come back, claims what is due, and waits until something comes back. @returns how many were claimed */
  async turn(): Promise<number> {
    await this.#record();
    const claimed = await claimDeliveries(this.#db, this.#clock());
    this.#open += claimed.length;
    for (const delivery of claimed) {
      const { id } = delivery.receiver;
      this.#queues.set(id, [...(this.#queues.get(id) ?? []), delivery]);
      this.#send(id);
    }
    await this.#something();
    await this.#record();
    return claimed.length;
  }

  /** Lets what is claimed come to its end. */
  async finish(): Promise<void> {
    while (!this.isIdle) {
      await this.#something();
      await this.#record();
    }
  }

  async #something(): Promise<void> {
    if (this.isIdle) return;
    if (this.#results.length === 0) {
      // No longer: an endpoint that hangs keeps nobody from claiming what has become due for another.
      const timer = setTimeout(() => this.#wake(), PATIENCE_MS);
      await new Promise<void>((resolve) => (this.#wake = resolve));
      clearTimeout(timer);
    }
    await sleep(GATHER_MS);
  }

  #send(endpointId: string): void {
    const queue = this.#queues.get(endpointId) ?? [];
    const onWire = this.#onWire.get(endpointId) ?? 0;
    const next = onWire < WIRES ? queue.shift() : undefined;
    if (!next) return;
    this.#onWire.set(endpointId, onWire + 1);
    void this.#attempt(next).then((attempt) => {
      this.#results.push(attempt);
      this.#onWire.set(endpointId, (this.#onWire.get(endpointId) ?? 1) - 1);
      this.#send(endpointId);
      this.#wake();
    });
  }

  async #attempt(delivery: ClaimedDelivery): Promise<Attempt> {
    const { id, type, at, data } = delivery.message;
    const result = await sendMessage(
      delivery.receiver,
      { id, type, timestamp: at.toISOString(), data },
      { now: this.#clock(), timeoutMs: this.#options.answerWithinMs ?? ANSWER_WITHIN_MS, outside: this.#options.outside },
    );
    return { delivery, result, at: this.#clock() };
  }

  async #record(): Promise<void> {
    const results = this.#results;
    if (results.length === 0) return;
    this.#results = [];
    this.#open -= results.length;
    const delivered = results.filter(({ result }) => isAccepted(result.status)).length;
    this.counts.delivered += delivered;
    this.counts.failed += results.length - delivered;
    const switchedOff = await recordResults(this.#db, results, this.#clock());
    // Nobody waits for the mail server.
    void tellAdmins(this.#db, switchedOff);
  }
}
