import { createHash, hkdfSync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/server/db/client";
import { AppError, fieldError } from "@/server/errors";
import { seal, unseal } from "@/server/services/seal";

const KEEP_HOURS = 24;
/** How long a repeat waits for the first request before it is sent away. */
const WAIT_MS = 15_000;

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface IdempotentRequest {
  /** Who asks: another one with the same key is a stranger. */
  caller: string;
  key: string;
  /** Method, path and body: what has to be the same. */
  content: string | Uint8Array;
}

/**
 * Carries a request out once for each key and gives every repeat within 24 hours the same answer. It is kept sealed
 * (AES-256-GCM) under a key derived from the Idempotency-Key, as it may hold a password. A refusal is not kept: nothing
 * has happened, and the same key may be used again.
 * @throws invalid_input for a key that is none, conflict for one that was used for something else, or whose first request
 *   is still under way or was cut off
 */
export async function answerRequestOnce(
  db: Database,
  { caller, key, content }: IdempotentRequest,
  produce: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { isRepeat: boolean }> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw fieldError("invalid_input", "Idempotency-Key", "One to 255 visible characters, for example a UUID");
  const keyHash = digest(`${caller}\n${key}`);
  const requestHash = digest(content);
  const sealKey = new Uint8Array(hkdfSync("sha256", key, caller, "smart-dairy idempotent answer", 32));
  // The insert is the claim: one of many at once gets it.
  const claimed = await db.$executeRaw`
    INSERT INTO idempotent_answer AS a (key_hash, request_hash, expires_at)
    VALUES (${keyHash}, ${requestHash}, now() + make_interval(hours => ${KEEP_HOURS}::int))
    ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, expires_at = excluded.expires_at, created_at = now(),
      status = NULL, headers = NULL, sealed = NULL
    WHERE a.expires_at < now()`;
  if (claimed === 0) return { ...(await formerAnswer(db, { keyHash, requestHash, sealKey })), isRepeat: true };
  try {
    const answer = await produce();
    const { status, headers, body } = answer;
    await db.idempotentAnswer.update({ where: { keyHash }, data: { status, headers, sealed: seal(body, sealKey) } });
    return { ...answer, isRepeat: false };
  } catch (error) {
    // Only a refusal says for sure that nothing was written.
    if (error instanceof AppError && error.code !== "internal")
      await db.idempotentAnswer.deleteMany({ where: { keyHash, requestHash, status: null } });
    throw error;
  }
}

async function formerAnswer(
  db: Database,
  { keyHash, requestHash, sealKey }: { keyHash: Uint8Array<ArrayBuffer>; requestHash: Uint8Array; sealKey: Uint8Array },
): Promise<StoredAnswer> {
  const until = performance.now() + WAIT_MS;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    const row = await db.idempotentAnswer.findUnique({ where: { keyHash } });
    if (!row)
      throw new AppError("conflict", "The first request with this Idempotency-Key was refused. Send it again.", { retryAfterSeconds: 1 });
    if (Buffer.compare(row.requestHash, requestHash) !== 0)
      throw fieldError("conflict", "Idempotency-Key", "This key was used for another request. Use a new one for each request.");
    if (row.status !== null && row.sealed)
      return { status: row.status, headers: row.headers as Record<string, string>, body: unseal(row.sealed, sealKey) };
    if (performance.now() > until)
      throw new AppError(
        "conflict",
        "The first request with this Idempotency-Key is under way or was cut off. Look whether it took effect before you use another key.",
        { retryAfterSeconds: 5, fields: { "Idempotency-Key": "Under way" } },
      );
    await sleep(pauseMs);
  }
}

function digest(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(content).digest());
}

/** Forgets answers past their 24 hours. @returns how many */
export async function pruneIdempotentAnswers(db: Database): Promise<number> {
  return db.$executeRaw`DELETE FROM idempotent_answer WHERE expires_at < now()`;
}
