import { CompactSign } from "jose";
import type { Transaction } from "@/server/db/client";
import { MANIFEST_TYPE, type ManifestClaims } from "@/server/domain/firmware/manifest";
import { ensureSigningKey, openSigningKey } from "./signing-keys";

/** Opened keys by their kid. A key never changes, so what is here is right for ever. */
const opened = new Map<string, CryptoKey>();
const encoder = new TextEncoder();

/**
 * Signs manifests with the active key: compact JWS in the order given, one database read however many
 * (docs/device-protocol.md, section 7.1; RFC 7515, RFC 8037).
 * @throws unavailable when the key was sealed with another SESSION_SECRET
 */
export async function signManifests(db: Transaction, manifests: readonly ManifestClaims[], now: Date): Promise<string[]> {
  if (manifests.length === 0) return [];
  const active = await ensureSigningKey(db, now);
  const key = opened.get(active.kid) ?? (await openSigningKey(active));
  opened.set(active.kid, key);
  return Promise.all(
    manifests.map((manifest) =>
      new CompactSign(encoder.encode(JSON.stringify(manifest)))
        .setProtectedHeader({ alg: "EdDSA", kid: active.kid, typ: MANIFEST_TYPE })
        .sign(key),
    ),
  );
}
