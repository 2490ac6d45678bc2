import { timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/server/db/client";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { logFor } from "@/server/log";
import {
  authenticateDevices,
  recordCredentialUse,
  type LoginAttempt,
  type LoginVerdict,
} from "@/server/services/provisioning/authenticate-devices";
import { hashSecret } from "@/server/services/provisioning/secret";
import { TokenBucket } from "./token-bucket";

const log = logFor("broker");

const GATHER_MS = 5;
const MAX_BATCH = 500;
const USE_FLUSH_MS = 5_000;
/** Wrong passwords for one user name from one address: five at once, then one in ten seconds. */
const FAILURES = { perSecond: 0.1, burst: 5 };
/** Buckets kept; full ones are forgotten first. */
const MAX_BUCKETS = 50_000;
/** Of a user name; longer ones are no device IDs and share a bucket. */
const MAX_KEY_CHARACTERS = 20;

export interface Login {
  clientId: string;
  username: string | undefined;
  password: Buffer | undefined;
  address: string;
}

export type LoginResult =
  | { allowed: true; role: "service" }
  | { allowed: true; role: "device"; credentialId: string; validUntil: Date | null }
  | { allowed: false; reason: string; temporary: boolean };

interface Waiting {
  attempt: LoginAttempt;
  settle: (verdict: LoginVerdict | undefined) => void;
}

/**
 * Decides who may connect. A reconnect storm of a barn is answered by few queries (attempts are gathered), and
 * somebody who guesses is refused from memory after five wrong passwords, without touching the database.
 */
export class LoginGate {
  readonly #db: Database;
  readonly #service: { username: string; passwordHash: Uint8Array };
  readonly #failures = new Map<string, TokenBucket>();
  readonly #used = new Set<string>();
  #waiting: Waiting[] = [];
  #deciding = false;

  constructor(db: Database, service: { username: string; password: string }) {
    this.#db = db;
    this.#service = { username: service.username, passwordHash: hashSecret(service.password) };
    setInterval(() => void this.#flushUse(), USE_FLUSH_MS).unref();
  }

  async decide(login: Login): Promise<LoginResult> {
    const { clientId, username, password, address } = login;
    const key = `${address} ${username?.slice(0, MAX_KEY_CHARACTERS) ?? ""}`;
    const bucket = this.#bucketOf(key);
    // Every attempt counts as a failure until it has succeeded: a thousand at once are not a thousand queries.
    if (!bucket.take(Date.now())) return { allowed: false, reason: "too many wrong passwords from this address", temporary: true };
    if (!username || !password) return refused("user name and password are required");
    if (username === this.#service.username) {
      const matches = timingSafeEqual(hashSecret(password), this.#service.passwordHash);
      if (!matches) return refused("wrong password for the service account");
      this.#failures.delete(key);
      return { allowed: true, role: "service" };
    }
    if (!DEVICE_ID_PATTERN.test(username)) return refused("user name is not a device ID");
    if (clientId !== username) return refused("client id differs from the user name");
    const verdict = await this.#ask({ deviceId: username, secret: password });
    if (!verdict) {
      bucket.giveBack();
      return { allowed: false, reason: "the database is away", temporary: true };
    }
    if (!verdict.allowed) return refused(verdict.reason);
    this.#failures.delete(key);
    this.#used.add(verdict.credentialId);
    return { ...verdict, role: "device" };
  }

  #ask(attempt: LoginAttempt): Promise<LoginVerdict | undefined> {
    return new Promise((settle) => {
      this.#waiting.push({ attempt, settle });
      if (!this.#deciding) void this.#decideAll();
    });
  }

  async #decideAll(): Promise<void> {
    this.#deciding = true;
    await sleep(GATHER_MS);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        const verdicts = await authenticateDevices(
          this.#db,
          batch.map((waiting) => waiting.attempt),
        );
        batch.forEach((waiting, index) => waiting.settle(verdicts[index]));
      } catch (error) {
        log.warn({ err: error, attempts: batch.length }, "logins could not be checked; clients will try again");
        for (const waiting of batch) waiting.settle(undefined);
      }
    }
    this.#deciding = false;
  }

  #bucketOf(key: string): TokenBucket {
    const now = Date.now();
    const known = this.#failures.get(key);
    if (known) return known;
    if (this.#failures.size >= MAX_BUCKETS) this.#forgetQuietOnes(now);
    const bucket = new TokenBucket(FAILURES.perSecond, FAILURES.burst, now);
    this.#failures.set(key, bucket);
    return bucket;
  }

  #forgetQuietOnes(now: number): void {
    for (const [key, bucket] of this.#failures) if (bucket.isFull(now)) this.#failures.delete(key);
    if (this.#failures.size >= MAX_BUCKETS) this.#failures.clear();
  }

  async #flushUse(): Promise<void> {
    if (this.#used.size === 0) return;
    const ids = [...this.#used];
    this.#used.clear();
    await recordCredentialUse(this.#db, ids, new Date()).catch((error: unknown) =>
      log.warn({ err: error }, "last use of credentials could not be noted"),
    );
  }
}

function refused(reason: string): LoginResult {
  return { allowed: false, reason, temporary: false };
}
