import { setTimeout as sleep } from "node:timers/promises";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { MANIFEST_TYPE, manifestClaimsSchema, type ManifestClaims } from "@/server/domain/firmware/manifest";
import { ENDORSEMENT_TYPE, firmwareKeySchema, trustedKeysSchema, type FirmwareKey } from "@/server/domain/firmware/trusted-keys";
import { reconnectDelayMs, type BackOff } from "../back-off";
import { Deadline } from "../deadline";
import type { Random } from "../random";
import { retryAfterMs } from "../retry-after";

const KEYS_PATH = "/api/v1/iot/firmware/keys";
/** Tries to get the published keys, until the device gives up. */
const MOST_TRIES = 8;
const ANSWER_TIMEOUT_MS = 15_000;

interface CheckOptions {
  jws: string;
  /** Keys the device has. */
  keys: readonly FirmwareKey[];
  /** Where the server is, to ask for newer keys. */
  server: string;
  backOff: BackOff;
  random: Random;
  signal: AbortSignal;
}

/** Newer keys were needed, and the network did not bring them: nothing is known about the signature. */
export class KeysOutOfReach extends Error {
  override readonly name = "KeysOutOfReach";
}

/**
 * Verifies a manifest's signature. A key the device does not know is asked for once, and believed when a key it does
 * know vouches for it; a device without any key takes what the server says (docs/device-protocol.md, section 7.1).
 * @returns the claims and the keys to keep; `undefined` when it is not to be believed
 * @throws KeysOutOfReach, and the signal's reason
 */
export async function checkManifest(options: CheckOptions) {
  const { jws, keys } = options;
  const known = await verifiedPayload(jws, MANIFEST_TYPE, keys);
  if (known !== undefined) return claimsWith(known, keys);
  if (keys.some(({ kid }) => kid === kidOf(jws))) return undefined;
  const newer = await newerKeys(options);
  const payload = await verifiedPayload(jws, MANIFEST_TYPE, newer);
  return payload === undefined ? undefined : claimsWith(payload, newer);
}

function claimsWith(payload: unknown, keys: readonly FirmwareKey[]): { claims: ManifestClaims; keys: readonly FirmwareKey[] } | undefined {
  const claims = manifestClaimsSchema.safeParse(payload);
  return claims.success ? { claims: claims.data, keys } : undefined;
}

/** The published keys, as far as a way leads to them from those the device has. */
async function newerKeys(options: CheckOptions): Promise<readonly FirmwareKey[]> {
  const { keys } = options;
  const published = trustedKeysSchema.safeParse(await publishedKeys(options));
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

/**
 * Asks for the keys, again with growing, jittered waits that honour `Retry-After` when the connection breaks or the
 * server is in trouble.
 * @returns the body; `undefined` when the server refuses
 */
async function publishedKeys({ server, backOff, random, signal }: CheckOptions): Promise<unknown> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { isAnswered, body, waitMs } = await askForKeys(server, signal);
    signal.throwIfAborted();
    if (isAnswered) return body;
    await sleep(Math.max(waitMs, reconnectDelayMs(tries, random, backOff)), undefined, { signal });
  }
  throw new KeysOutOfReach(`the signing keys did not come in ${MOST_TRIES} tries`);
}

async function askForKeys(server: string, signal: AbortSignal): Promise<{ isAnswered: boolean; body?: unknown; waitMs: number }> {
  const deadline = new Deadline(signal, ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(new URL(KEYS_PATH, server), { redirect: "error", signal: deadline.signal });
    const { status, headers } = response;
    if (response.ok) return { isAnswered: true, body: (await response.json()) as unknown, waitMs: 0 };
    return { isAnswered: status !== 429 && status < 500, waitMs: retryAfterMs(headers.get("retry-after")) };
  } catch {
    return { isAnswered: false, waitMs: 0 };
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
