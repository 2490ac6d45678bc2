import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { AppError } from "@/server/errors";
import type { AuditEntry } from "@/server/services/audit/record-audit";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { revokeOpenResets } from "./revoke-open-resets";

export const RESET_HOURS = 24;

interface AddedReset {
  person: { id: string; name: string; email: string };
  /** Kept as a hash only. */
  token: string;
  expiresAt: Date;
}

interface NewReset {
  by: { personId: string } | { email: string };
  createdById: string | null;
  now: Date;
}

/**
 * Lets somebody choose a new password, once, within a day; an earlier link ends.
 * @throws not_found, conflict for who is disabled
 */
export async function addReset(tx: Transaction, { by, createdById, now }: NewReset): Promise<AddedReset> {
  const condition = "email" in by ? Prisma.sql`lower(email) = lower(${by.email})` : Prisma.sql`id = ${by.personId}::uuid`;
  // Locked, so that of two at once one link stays.
  const [person] = await tx.$queryRaw<{ id: string; name: string; email: string; disabled_at: Date | null }[]>`
    SELECT id, name, email, disabled_at FROM "user" WHERE ${condition} FOR UPDATE`;
  if (!person) throw new AppError("not_found", "There is no such person.");
  if (person.disabled_at) throw new AppError("conflict", `${person.name} is disabled. Let them in again first.`);
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + RESET_HOURS * 3_600_000);
  await revokeOpenResets(tx, person.id, now);
  await tx.passwordReset.create({ data: { tokenHash: hashSecret(token), userId: person.id, createdById, expiresAt } });
  return { person: { id: person.id, name: person.name, email: person.email }, token, expiresAt };
}

export function auditOfReset({ person, expiresAt }: AddedReset): AuditEntry {
  const after = { name: person.name, expiresAt };
  return { action: "person.password_reset", subjectType: "person", subjectId: person.id, farmId: null, after };
}
