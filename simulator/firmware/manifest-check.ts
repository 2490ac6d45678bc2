import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { MANIFEST_TYPE, manifestClaimsSchema, type ManifestClaims } from "@/server/domain/firmware/manifest";
import { ENDORSEMENT_TYPE, firmwareKeySchema, trustedKeysSchema, type FirmwareKey } from "@/server/domain/firmware/trusted-keys";
import { Deadline } from "../deadline";

const KEYS_PATH = "/api/v1/iot/firmware/keys";
const ANSWER_TIMEOUT_MS = 15_000;

interface CheckOptions {
  jws: string;
  /** Keys the device has. */
  keys: readonly FirmwareKey[];
  /** Where the server is, to ask for newer keys. */
  server: string;
  signal: AbortSignal;
}

/**
 * Verifies a manifest's signature. A key the device does not know is asked for once, and believed when a key it does
 * know vouches for it; a device without any key takes what the server says (docs/device-protocol.md, section 7.1).
 * @returns the claims and the keys to keep; `undefined` when it is not to be believed
 */
export async function checkManifest({ jws, keys, server, signal }: CheckOptions) {
  const known = await verifiedPayload(jws, MANIFEST_TYPE, keys);
  if (known !== undefined) return claimsWith(known, keys);
  if (keys.some(({ kid }) => kid === kidOf(jws))) return undefined;
  const newer = await newerKeys(keys, server, signal);
  const payload = await verifiedPayload(jws, MANIFEST_TYPE, newer);
  return payload === undefined ? undefined : claimsWith(payload, newer);
}

function claimsWith(payload: unknown, keys: readonly FirmwareKey[]): { claims: ManifestClaims; keys: readonly FirmwareKey[] } | undefined {
  const claims = manifestClaimsSchema.safeParse(payload);
  return claims.success ? { claims: claims.data, keys } : undefined;
}

/** The published keys, as far as a way leads to them from those the device has. */
async function newerKeys(keys: readonly FirmwareKey[], server: string, signal: AbortSignal): Promise<readonly FirmwareKey[]> {
  const published = trustedKeysSchema.safeParse(await publishedKeys(server, signal));
  if (!published.success) return keys;
  if (keys.length === 0) return published.data.keys;
  const reached = new Map(keys.map((key) => [key.kid, key]));
  for (const endorsement of published.data.endorsements) {
    const next = firmwareKeySchema.safeParse(await verifiedPayload(endorsement, ENDORSEMENT_TYPE, [...reached.values()]));
    if (next.success) reached.set(next.data.kid, next.data);
  }
  const trusted = published.data.keys.flatMap(({ kid }) => reached.get(kid) ?? []);
  return trusted.length > 0 ? trusted : keys;
}

/** @throws the signal's reason; whatever else happens to the request, there are no keys */
async function publishedKeys(server: string, signal: AbortSignal): Promise<unknown> {
  const deadline = new Deadline(signal, ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(new URL(KEYS_PATH, server), { redirect: "error", signal: deadline.signal });
    return response.ok ? ((await response.json()) as unknown) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    deadline.dispose();
  }
}

async function verifiedPayload(jws: string, typ: string, keys: readonly FirmwareKey[]): Promise<unknown> {
  const key = keys.find(({ kid }) => kid === kidOf(jws));
  if (!key) return undefined;
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, "EdDSA"), { algorithms: ["EdDSA"] });
    return protectedHeader.typ === typ ? JSON.parse(new TextDecoder().decode(payload)) : undefined;
  } catch {
    return undefined;
  }
}

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}
