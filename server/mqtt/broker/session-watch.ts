import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/server/db/client";
import { logFor } from "@/server/log";
import { readChanges } from "@/server/services/feed/read-changes";
import { stillValid } from "@/server/services/provisioning/authenticate-devices";

const log = logFor("broker");

const POLL_MS = 300;
const CHECK_AT_ONCE = 1_000;

export interface DeviceSession {
  deviceId: string;
  credentialId: string;
  validUntil: Date | null;
  close(): void;
}

/**
 * Closes live connections whose credential was revoked, replaced or has run out: within a second of the commit,
 * because it follows the change feed. While the database is away nothing can be revoked; afterwards all are checked.
 */
export class SessionWatch {
  readonly #db: Database;
  readonly #sessions = new Map<string, DeviceSession>();
  readonly #fresh = new Set<string>();
  readonly #stop = new AbortController();

  constructor(db: Database) {
    this.#db = db;
    void this.#follow();
  }

  get count(): number {
    return this.#sessions.size;
  }

  add(session: DeviceSession): void {
    this.#sessions.set(session.deviceId, session);
    // A revocation may have been committed between the login's query and now; the feed then named no session of ours.
    this.#fresh.add(session.deviceId);
  }

  /** Forgets a session unless a newer connection of the device has taken its place. */
  remove(session: DeviceSession): void {
    if (this.#sessions.get(session.deviceId) === session) this.#sessions.delete(session.deviceId);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #follow(): Promise<void> {
    let cursor: bigint | undefined;
    while (!this.#stop.signal.aborted) {
      try {
        if (cursor === undefined) {
          cursor = (await readChanges(this.#db, undefined)).cursor;
          await this.#check([...this.#sessions.keys()]);
        }
        const read = await readChanges(this.#db, cursor);
        cursor = read.cursor;
        const named = read.entries.filter((entry) => entry.topic === "credentials").flatMap((entry) => entry.ids);
        const fresh = [...this.#fresh];
        this.#fresh.clear();
        if (named.length + fresh.length > 0) await this.#check([...named, ...fresh]);
      } catch (error) {
        cursor = undefined;
        log.debug({ err: error }, "revocations cannot be followed while the database is away");
      }
      this.#closeExpired();
      await sleep(POLL_MS, undefined, { ref: false });
    }
  }

  async #check(deviceIds: readonly string[]): Promise<void> {
    const sessions = deviceIds.flatMap((deviceId) => this.#sessions.get(deviceId) ?? []);
    for (let start = 0; start < sessions.length; start += CHECK_AT_ONCE) {
      const some = sessions.slice(start, start + CHECK_AT_ONCE);
      const valid = await stillValid(
        this.#db,
        some.map((session) => session.deviceId),
      );
      for (const session of some) {
        const credential = valid.get(session.credentialId);
        if (credential) session.validUntil = credential.validUntil;
        else this.#close(session, "its credentials were revoked");
      }
    }
  }

  #closeExpired(): void {
    const now = new Date();
    for (const session of this.#sessions.values()) {
      if (session.validUntil && session.validUntil <= now) this.#close(session, "its credentials were replaced and have run out");
    }
  }

  #close(session: DeviceSession, reason: string): void {
    log.info({ deviceId: session.deviceId }, `connection closed: ${reason}`);
    this.remove(session);
    session.close();
  }
}
