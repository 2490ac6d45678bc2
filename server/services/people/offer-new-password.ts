import { z } from "zod";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { logFor } from "@/server/log";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { canSendMail, sendMail } from "@/server/services/mail/send-mail";
import { parseInput } from "@/server/services/parse";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { revokeOpenResets } from "./revoke-open-resets";

const VALID_HOURS = 24;
const log = logFor("people");

export interface NewPasswordLink {
  /** Shown once, to pass on. */
  link: string;
  expiresAt: Date;
  /** Whether the link was also sent by e-mail. */
  mailed: boolean;
}

export const offerNewPasswordSchema = z.object({ personId: z.uuid() });

/** A link with which somebody chooses a new password, once, within a day. It replaces an earlier one. */
export async function offerNewPassword({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<NewPasswordLink> {
  const admin = requireAdmin(ctx.actor);
  const { personId } = parseInput(offerNewPasswordSchema, input);
  // There the current password is asked for: a tablet that an admin left lying must not be enough.
  if (personId === admin.userId) throw new AppError("conflict", "Change your own password on the page of your account.");
  const token = newSecret();
  const expiresAt = new Date(ctx.now.getTime() + VALID_HOURS * 3_600_000);
  const person = await ctx.db.$transaction(async (tx) => {
    // Locked, so that of two admins at once one link stays.
    const [row] = await tx.$queryRaw<{ name: string; email: string; disabled_at: Date | null }[]>`
      SELECT name, email, disabled_at FROM "user" WHERE id = ${personId}::uuid FOR UPDATE`;
    if (!row) throw new AppError("not_found", "There is no such person.");
    if (row.disabled_at) throw new AppError("conflict", `${row.name} is disabled. Let them in again first.`);
    await revokeOpenResets(tx, personId, ctx.now);
    await tx.passwordReset.create({ data: { tokenHash: hashSecret(token), userId: personId, createdById: admin.userId, expiresAt } });
    await recordAudit(tx, ctx, [
      { action: "person.password_reset", subjectType: "person", subjectId: personId, farmId: null, after: { name: row.name, expiresAt } },
    ]);
    return row;
  });
  const link = `${env().PUBLIC_URL}/reset/${token}`;
  return { link, expiresAt, mailed: await tryToMail(person, link, admin.name) };
}

async function tryToMail(person: { email: string; name: string }, link: string, sender: string): Promise<boolean> {
  if (!canSendMail()) return false;
  try {
    await sendMail({
      to: person.email,
      subject: "A new password for Smart Dairy",
      text: `Hello ${person.name},\n\n${sender} has made a link for you to choose a new password. It works once, within ${VALID_HOURS} hours:\n\n${link}\n\nIf you have not asked for it, tell ${sender}. Your present password stays until somebody uses the link.\n`,
    });
    return true;
  } catch (error) {
    log.warn({ err: error }, "the link for a new password could not be sent by e-mail; it can still be copied");
    return false;
  }
}
