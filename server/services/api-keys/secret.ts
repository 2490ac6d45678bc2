import { randomInt } from "node:crypto";
import { API_KEY_PREFIX_LENGTH } from "@/server/domain/api-keys/schema";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/** A new secret as the program sends it, with what the database keeps of it. 256 random bits after the prefix. */
export function newApiKeySecret(): { secret: string; row: { prefix: string; secretHash: Uint8Array<ArrayBuffer> } } {
  const name = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  const secret = `sdk_${name}_${newSecret()}`;
  return { secret, row: { prefix: secret.slice(0, API_KEY_PREFIX_LENGTH), secretHash: hashSecret(secret) } };
}
