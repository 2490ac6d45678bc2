import type { Transaction } from "@/server/db/client";

/** Ends the links for a new password that somebody may still have: whoever holds one could take the account over. */
export async function revokeOpenResets(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.passwordReset.updateMany({ where: { userId, usedAt: null, revokedAt: null }, data: { revokedAt: now } });
}
