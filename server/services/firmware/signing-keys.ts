import { hkdfSync } from "node:crypto";
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { ENDORSEMENT_TYPE, firmwareKeySchema, type FirmwareKey, type TrustedKeys } from "@/server/domain/firmware/trusted-keys";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { logFor } from "@/server/log";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { seal, unseal } from "@/server/services/seal";

const log = logFor("firmware");

/** Devices trust so many of the newest keys. */
const TRUSTED = 2;
const MOST_ENDORSEMENTS = 100;

/** The key that signs, as the database has it. */
export interface SigningKeyRow {
  generation: number;
  kid: string;
  sealedPrivateKey: Uint8Array | null;
}

const ACTIVE = {
  where: { retiredAt: null },
  orderBy: { generation: "desc" },
  select: { generation: true, kid: true, sealedPrivateKey: true },
} as const;

/** The key that signs; made when there is none yet. However many processes start at once, they end up with the same one. */
export async function ensureSigningKey(db: Transaction, now = new Date()): Promise<SigningKeyRow> {
  const active = await db.firmwareSigningKey.findFirst(ACTIVE);
  if (active) return active;
  const { row } = await newKey(1, now);
  // Loses to whoever made the first key meanwhile.
  const { count } = await db.firmwareSigningKey.createMany({ data: [row], skipDuplicates: true });
  if (count > 0) log.info({ kid: row.kid }, "made the first key that firmware is signed with");
  return db.firmwareSigningKey.findFirstOrThrow(ACTIVE);
}

/** Whose manifests devices take: the signing key and the one before it, and how one vouched for the next. */
export async function trustedKeys(db: Transaction): Promise<TrustedKeys> {
  await ensureSigningKey(db);
  const rows = await db.firmwareSigningKey.findMany({
    orderBy: { generation: "desc" },
    take: MOST_ENDORSEMENTS,
    select: { publicJwk: true, endorsement: true },
  });
  return {
    keys: rows.slice(0, TRUSTED).map(({ publicJwk }) => firmwareKeySchema.parse(publicJwk)),
    endorsements: rows.flatMap(({ endorsement }) => endorsement ?? []).reverse(),
  };
}

export interface SigningKeyView {
  kid: string;
  createdAt: Date;
  retiredAt: Date | null;
  /** Devices take what was signed by the one that signs and the one before it. */
  state: "signs" | "trusted" | "retired";
  /** The key before vouches for it; the first one needs no word. */
  isEndorsed: boolean;
  /** It signs, and its private half can be opened. */
  canSign: boolean;
}

/** All keys, the newest first. @throws forbidden unless the caller is an admin */
export async function listSigningKeys({ ctx }: { ctx: ServiceContext }): Promise<SigningKeyView[]> {
  requireAdmin(ctx.actor);
  const active = await ensureSigningKey(ctx.db);
  const opens = await openSigningKey(active).then(
    () => true,
    () => false,
  );
  const rows = await ctx.db.firmwareSigningKey.findMany({
    orderBy: { generation: "desc" },
    select: { generation: true, kid: true, endorsement: true, createdAt: true, retiredAt: true },
  });
  return rows.map(({ generation, endorsement, ...row }, index) => ({
    ...row,
    state: row.retiredAt === null ? "signs" : index < TRUSTED ? "trusted" : "retired",
    isEndorsed: generation === 1 || endorsement !== null,
    canSign: row.kid === active.kid && opens,
  }));
}

/** `activeKid` is the key as the caller saw it: two who rotate at once rotate once. */
export const rotateSigningKeySchema = z.object({ activeKid: z.string().max(43) });

/**
 * Makes the key that signs from now on. The former one vouches for it and is trusted until the next rotation; its
 * private half is wiped. A key whose SESSION_SECRET is lost cannot vouch: devices then have to be provisioned again.
 * @throws forbidden unless the caller is an admin, conflict when another key signs by now
 */
export async function rotateSigningKey({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ kid: string }> {
  requireAdmin(ctx.actor);
  const { activeKid } = parseInput(rotateSigningKeySchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const active = await ensureSigningKey(tx, ctx.now);
    if (active.kid !== activeKid) throw new AppError("conflict", "The key was changed meanwhile. Look at the keys again.");
    const { row, publicKey } = await newKey(active.generation + 1, ctx.now);
    const endorsement = await endorse(publicKey, active);
    // Its generation is taken when another rotation was first; the second run then finds another key.
    await tx.firmwareSigningKey.create({ data: { ...row, endorsement } });
    await tx.firmwareSigningKey.updateMany({
      where: { generation: active.generation, retiredAt: null },
      data: { retiredAt: ctx.now, sealedPrivateKey: null },
    });
    await announceEverywhere(tx, "firmware", []);
    await recordAudit(tx, ctx, [
      {
        action: "firmware.signing_key_rotated",
        subjectType: "firmware_signing_key",
        subjectId: row.kid,
        farmId: null,
        before: { kid: active.kid },
        after: { kid: row.kid, isEndorsed: endorsement !== undefined },
      },
    ]);
    return { kid: row.kid };
  });
}

/**
 * The private half of a key.
 * @throws unavailable when it was sealed with another SESSION_SECRET
 */
export async function openSigningKey({ kid, sealedPrivateKey }: SigningKeyRow): Promise<CryptoKey> {
  let jwk: JWK;
  try {
    if (!sealedPrivateKey) throw new Error("a retired key has no private half");
    jwk = JSON.parse(unseal(sealedPrivateKey, sealKeyOf(kid))) as JWK;
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "The key that firmware is signed with cannot be opened: SESSION_SECRET has changed. Restore it, or rotate the signing key.",
      { cause },
    );
  }
  return (await importJWK(jwk, "EdDSA")) as CryptoKey;
}

async function endorse(next: FirmwareKey, active: SigningKeyRow): Promise<string | undefined> {
  const key = await openSigningKey(active).catch((error: unknown) => {
    log.warn({ err: error, kid: active.kid }, "the former signing key cannot vouch for the new one");
    return undefined;
  });
  if (!key) return undefined;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(next)))
    .setProtectedHeader({ alg: "EdDSA", kid: active.kid, typ: ENDORSEMENT_TYPE })
    .sign(key);
}

async function newKey(generation: number, now: Date) {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x });
  const publicKey = firmwareKeySchema.parse({ kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" });
  const sealedPrivateKey = seal(JSON.stringify(await exportJWK(pair.privateKey)), sealKeyOf(kid));
  return { publicKey, row: { generation, kid, publicJwk: publicKey, sealedPrivateKey, createdAt: now } };
}

function sealKeyOf(kid: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().SESSION_SECRET, kid, "smart-dairy firmware signing key", 32));
}
