import { hkdfSync } from "node:crypto";
import type { Transaction } from "@/server/db/client";
import { env } from "@/server/env";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { seal, unseal } from "@/server/services/seal";
import type { NewDevice } from "./row-writes";

interface IssuedPassword {
  deviceId: string;
  password: string;
}

/** One key an import, from SESSION_SECRET: whoever holds the database alone reads no password. */
function sealKeyOf(importId: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().SESSION_SECRET, importId, "smart-dairy import credentials", 32));
}

interface Issue {
  importId: string;
  userId: string;
  now: Date;
  /** First row of the batch. */
  rowNo: number;
  devices: readonly NewDevice[];
}

/** Gives new devices their passwords and puts these away, sealed, until they are fetched. Two statements. */
export async function issueSecrets(tx: Transaction, { importId, userId, now, rowNo, devices }: Issue): Promise<void> {
  if (devices.length === 0) return;
  const issued = devices.map(({ id, device_id }) => ({ id, deviceId: device_id, password: spreadsheetSafeSecret() }));
  await tx.$executeRaw`
    INSERT INTO device_credential (id, device_key, secret_hash, issued_at, issued_by_id)
    SELECT gen_random_uuid(), key, decode(hash, 'hex'), ${now}::timestamptz, ${userId}::uuid
    FROM unnest(${issued.map(({ id }) => id)}::uuid[], ${issued.map(({ password }) => Buffer.from(hashSecret(password)).toString("hex"))}::text[]) AS new(key, hash)`;
  const content = JSON.stringify(issued.map(({ deviceId, password }): IssuedPassword => ({ deviceId, password })));
  await tx.importSecret.create({ data: { importId, rowNo, sealed: seal(content, sealKeyOf(importId)) } });
}

/** One in 64 would begin with a minus sign, which spreadsheets take for a formula. */
function spreadsheetSafeSecret(): string {
  for (;;) {
    const secret = newSecret();
    if (!secret.startsWith("-")) return secret;
  }
}

export function openSecrets(importId: string, sealed: Uint8Array): IssuedPassword[] {
  return JSON.parse(unseal(sealed, sealKeyOf(importId))) as IssuedPassword[];
}
