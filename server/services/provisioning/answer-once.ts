import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import superjson from "superjson";
import type { Transaction } from "@/server/db/client";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** DESIGN 4: a repeat within ten minutes gets the same answer. */
const KEEP_MINUTES = 10;

/**
 * Runs `produce` once per key and gives every repeat the same answer, secrets included, without storing them in the
 * clear: the answer is sealed (AES-256-GCM) with a key derived from what only the caller knows.
 * @param key at least 128 random bits made by the caller
 * @param owner binds the answer to one caller; another one with the same key is a stranger
 */
export async function answerOnce<T>(tx: Transaction, key: string, owner: string, produce: () => Promise<T>): Promise<T> {
  const keyHash = new Uint8Array(createHash("sha256").update(`${owner}\n${key}`).digest());
  const sealKey = new Uint8Array(hkdfSync("sha256", key, owner, "smart-dairy sealed answer", 32));
  // The insert is the claim: a second request with this key waits here until the first commits or fails.
  const claimed = await tx.$executeRaw`
    INSERT INTO sealed_answer (key_hash, sealed, expires_at)
    VALUES (${keyHash}, ''::bytea, now() + make_interval(mins => ${KEEP_MINUTES}::int)) ON CONFLICT DO NOTHING`;
  if (claimed === 0) {
    const row = await tx.sealedAnswer.findUniqueOrThrow({ where: { keyHash } });
    return open<T>(row.sealed, sealKey);
  }
  const answer = await produce();
  await tx.sealedAnswer.update({ where: { keyHash }, data: { sealed: seal(answer, sealKey) } });
  return answer;
}

function seal(value: unknown, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(superjson.stringify(value), "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

function open<T>(sealed: Uint8Array, key: Uint8Array): T {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return superjson.parse<T>(body.toString("utf8"));
}
