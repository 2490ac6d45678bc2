import { setTimeout as sleep } from "node:timers/promises";
import type { Caller, UserActor } from "@/server/actor";
import type { Database } from "@/server/db/client";
import { logFor } from "@/server/log";
import { farmIdsWith } from "@/server/services/authorize";
import type { FeedTopic } from "./announce";
import { readChanges, type FeedEntry } from "./read-changes";

const log = logFor("live");

const POLL_MS = 250;
/** A subscriber gets at most this many ids at once; past it "many" says it all. */
const MAX_IDS = 200;

/** What a browser is told. `ids: null` = many, or the stream has just begun: read again whatever is shown. */
export interface LiveChange {
  topic: FeedTopic | "everything";
  ids: string[] | null;
}

interface Subscriber {
  actor: UserActor;
  farmIds: ReadonlySet<string> | undefined;
  /** The person's rights were changed: what they may see must be asked again before anything is told. */
  hasStaleRights: boolean;
  pending: Map<LiveChange["topic"], Set<string> | null>;
  wake: () => void;
}

/** One poll of the change feed per process, however many browsers watch; none while nobody does. */
class LiveFeed {
  readonly #db: Database;
  readonly #subscribers = new Set<Subscriber>();
  #running = false;
  /** Whether the poll has a cursor: what commits from now on will be delivered. */
  #isFollowing = false;

  constructor(db: Database) {
    this.#db = db;
  }

  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  /**
   * Changes on the caller's farms until `signal` aborts, coalesced: a slow reader gets fewer messages, not a queue.
   * When the person's rights change, `currentActor` tells what they are now; the stream ends for those who have none.
   */
  async *subscribe(
    actor: UserActor,
    signal: AbortSignal | undefined,
    currentActor: () => Promise<Caller | undefined>,
  ): AsyncGenerator<LiveChange> {
    const subscriber: Subscriber = {
      actor,
      farmIds: readableFarms(actor),
      hasStaleRights: false,
      pending: new Map(this.#isFollowing ? [["everything", null]] : []),
      wake: () => undefined,
    };
    const onAbort = () => subscriber.wake();
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#subscribers.add(subscriber);
    this.#start();
    try {
      while (!signal?.aborted) {
        if (subscriber.hasStaleRights) {
          subscriber.hasStaleRights = false;
          const now = await currentActor();
          if (!now) return;
          subscriber.farmIds = readableFarms(now);
          subscriber.pending = new Map([["everything", null]]);
        }
        for (const [topic, ids] of subscriber.pending) {
          if (subscriber.hasStaleRights) break;
          subscriber.pending.delete(topic);
          yield { topic, ids: ids && [...ids] };
        }
        if (subscriber.pending.size === 0 && !subscriber.hasStaleRights && !signal?.aborted) {
          await new Promise<void>((resolve) => {
            subscriber.wake = resolve;
          });
        }
      }
    } finally {
      this.#subscribers.delete(subscriber);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#poll().finally(() => {
      this.#running = false;
      this.#isFollowing = false;
      if (this.#subscribers.size > 0) this.#start();
    });
  }

  async #poll(): Promise<void> {
    let cursor: bigint | undefined;
    let seen = new Set<bigint>();
    while (this.#subscribers.size > 0) {
      try {
        const read = await readChanges(this.#db, cursor);
        const fresh = read.entries.filter((entry) => !seen.has(entry.id));
        seen = new Set(read.entries.map((entry) => entry.id));
        cursor = read.cursor;
        if (!this.#isFollowing) {
          // Only now, or a change between a watcher's first look and this cursor would be lost.
          this.#isFollowing = true;
          this.#resynchronize();
        }
        for (const entry of fresh) this.#deliver(entry);
      } catch (error) {
        log.warn({ err: error }, "the change feed could not be read; trying again");
        // After an interruption nobody knows what was missed.
        cursor = undefined;
        this.#isFollowing = false;
        await sleep(1_000, undefined, { ref: false });
      }
      await sleep(POLL_MS, undefined, { ref: false });
    }
  }

  #deliver(entry: FeedEntry): void {
    for (const subscriber of this.#subscribers) {
      const { farmIds } = subscriber;
      if (entry.topic === "people" && entry.ids.includes(subscriber.actor.userId)) {
        subscriber.hasStaleRights = true;
        subscriber.wake();
      }
      if (farmIds && !entry.farmIds.some((farmId) => farmIds.has(farmId))) continue;
      const known = subscriber.pending.get(entry.topic);
      // An entry that spans farms must not tell one farm the ids of another.
      const mayName = !farmIds || entry.farmIds.every((farmId) => farmIds.has(farmId));
      const ids = known === null || !mayName ? null : new Set([...(known ?? []), ...entry.ids]);
      subscriber.pending.set(entry.topic, ids && ids.size > MAX_IDS ? null : ids);
      subscriber.wake();
    }
  }

  #resynchronize(): void {
    for (const subscriber of this.#subscribers) {
      subscriber.pending.set("everything", null);
      subscriber.wake();
    }
  }
}

function readableFarms(actor: Caller): ReadonlySet<string> | undefined {
  const farmIds = farmIdsWith(actor, "farm.read");
  return farmIds && new Set(farmIds);
}

const holder = globalThis as { smartDairyLiveFeed?: LiveFeed };

/** This process's feed. */
export function liveFeed(db: Database): LiveFeed {
  holder.smartDairyLiveFeed ??= new LiveFeed(db);
  return holder.smartDairyLiveFeed;
}
