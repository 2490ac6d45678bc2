import { createHmac, hkdfSync, randomInt } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Database } from "@/server/db/client";
import { env } from "@/server/env";

const WORDS_PER_TOKEN = 3;

/**
 * Draws distinct three-word forms, `barn-milk-tractor`: three of 2,048 short words whose first four letters differ.
 *
 * 3 × 11 = 33 bits, 8.6 · 10⁹ combinations. That is little, and enough because guessing is slow and short-lived: at
 * most 100 wrong guesses per ten minutes over all addresses together (redeem-token.ts) are 14,400 within a token's 24
 * hours. With 1,000 tokens open at the same time an attacker who uses up the whole limit for a day finds one of them
 * with a chance of 14,400 × 1,000 ÷ 8.6 · 10⁹ = 0.17 %; with one token open it is 1 in 600,000.
 */
export function newTokenWords(count: number): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(Array.from({ length: WORDS_PER_TOKEN }, () => wordlist[randomInt(wordlist.length)]).join("-"));
  return [...drawn];
}

/**
 * What the database keeps of the words. Keyed, because 33 bits could be tried out by whoever holds the table alone.
 * Another SESSION_SECRET makes the words of open tokens worthless; their text forms still work.
 */
export function hashTokenWords(words: string): Uint8Array<ArrayBuffer> {
  const key = Buffer.from(hkdfSync("sha256", env().SESSION_SECRET, "", "smart-dairy provisioning words", 32));
  return new Uint8Array(createHmac("sha256", key).update(words).digest());
}

/** Frees the words of tokens that ended, so that new ones are unlikely to meet a taken combination. */
export async function forgetTokenWords(db: Database): Promise<number> {
  return db.$executeRaw`UPDATE provisioning_token SET words_hash = NULL WHERE words_hash IS NOT NULL AND expires_at < now()`;
}
