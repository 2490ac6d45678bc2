import { createHash, hkdfSync } from "node:crypto";
import superjson from "superjson";
import type { Transaction } from "@/server/db/client";
import { seal, unseal } from "@/server/services/seal";

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
    return superjson.parse<T>(unseal(row.sealed, sealKey));
  }
  const answer = await produce();
  await tx.sealedAnswer.update({ where: { keyHash }, data: { sealed: seal(superjson.stringify(answer), sealKey) } });
  return answer;
}
