import type { Database } from "@/server/db/client";
import { groupBy } from "@/server/domain/group-by";
import { secretMatches } from "./secret";

export interface LoginAttempt {
  /** MQTT user name as presented. */
  deviceId: string;
  secret: Uint8Array;
}

export type LoginVerdict =
  { allowed: true; credentialId: string; validUntil: Date | null } | { allowed: false; reason: "unknown device or wrong password" };

interface CredentialRow {
  id: string;
  device_id: string;
  secret_hash: Uint8Array;
  valid_until: Date | null;
}

/**
 * Judges many logins with one query; verdicts in the order of the attempts. Unknown device, revoked credential,
 * decommissioned device and wrong password get the same answer, so that nobody learns which IDs exist.
 */
export async function authenticateDevices(db: Database, attempts: readonly LoginAttempt[]): Promise<LoginVerdict[]> {
  const rows = await validCredentials(
    db,
    attempts.map((attempt) => attempt.deviceId),
  );
  const byDevice = groupBy(rows, (row) => row.device_id);
  return attempts.map(({ deviceId, secret }) => {
    const match = (byDevice.get(deviceId) ?? []).find((row) => secretMatches(secret, row.secret_hash));
    return match
      ? { allowed: true, credentialId: match.id, validUntil: match.valid_until }
      : { allowed: false, reason: "unknown device or wrong password" };
  });
}

async function validCredentials(db: Database, deviceIds: string[]): Promise<CredentialRow[]> {
  return db.$queryRaw<CredentialRow[]>`
    SELECT c.id, d.device_id, c.secret_hash, c.valid_until
    FROM device_credential c JOIN device d ON d.id = c.device_key
    WHERE d.device_id = ANY(${deviceIds})
      AND d.lifecycle IN ('provisioned', 'active', 'maintenance')
      AND c.revoked_at IS NULL AND (c.valid_until IS NULL OR c.valid_until > now())`;
}

/** Which of these credentials still open the broker, and until when. For closing live connections after a revocation. */
export async function stillValid(db: Database, deviceIds: string[]): Promise<Map<string, { validUntil: Date | null }>> {
  const rows = await validCredentials(db, deviceIds);
  return new Map(rows.map((row) => [row.id, { validUntil: row.valid_until }]));
}

/** Notes when credentials were last used, in one statement for all. */
export async function recordCredentialUse(db: Database, credentialIds: string[], at: Date): Promise<void> {
  await db.$executeRaw`UPDATE device_credential SET last_used_at = ${at} WHERE id = ANY(${credentialIds}::uuid[])`;
}
