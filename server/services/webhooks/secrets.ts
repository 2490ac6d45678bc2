import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/server/env";
import { seal, unseal } from "@/server/services/seal";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks has it: 256 random bits in base64 after `whsec_`. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

/** For the database. Unlike a password it must be read again, to sign with. */
export function sealWebhookSecret(secret: string, endpointId: string): Uint8Array<ArrayBuffer> {
  return seal(secret, sealKeyOf(endpointId));
}

interface Keys {
  id: string;
  sealedSecret: Uint8Array;
  sealedFormerSecret: Uint8Array | null;
  formerSecretUntil: Date | null;
}

/**
 * The secrets that sign at a moment: the present one, and the former while its overlap lasts.
 * @throws Error when they were sealed with another SESSION_SECRET
 */
export function secretsAt({ id, sealedSecret, sealedFormerSecret, formerSecretUntil }: Keys, now: Date): string[] {
  const former = sealedFormerSecret && formerSecretUntil && formerSecretUntil > now ? [sealedFormerSecret] : [];
  return [sealedSecret, ...former].map((sealed) => unseal(sealed, sealKeyOf(id)));
}

/**
 * The headers of a signed message (Standard Webhooks 1.0.0): HMAC-SHA256 over `id.timestamp.body`, one signature for
 * each secret.
 */
export function signedHeaders(message: { id: string; body: string; at: Date }, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1_000));
  const sign = (secret: string) =>
    createHmac("sha256", Buffer.from(secret.slice(PREFIX.length), "base64"))
      .update(`${message.id}.${timestamp}.${message.body}`)
      .digest("base64");
  return {
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": secrets.map((secret) => `v1,${sign(secret)}`).join(" "),
  };
}

function sealKeyOf(endpointId: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().SESSION_SECRET, endpointId, "smart-dairy webhook secret", 32));
}
