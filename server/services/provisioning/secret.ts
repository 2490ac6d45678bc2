import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, base64url: 43 characters that survive every keyboard, config file and QR code. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256. Right for random secrets only; people's passwords are hashed by better-auth (scrypt). */
export function hashSecret(secret: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

/** Compares a presented secret with a stored hash in constant time. */
export function secretMatches(secret: Uint8Array, hash: Uint8Array): boolean {
  const presented = hashSecret(secret);
  return presented.length === hash.length && timingSafeEqual(presented, hash);
}
