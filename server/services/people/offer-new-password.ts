import { z } from "zod";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { logFor } from "@/server/log";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { canSendMail, sendMail } from "@/server/services/mail/send-mail";
import { parseInput } from "@/server/services/parse";
import { addReset, auditOfReset, RESET_HOURS } from "./add-reset";

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
  const { person, token, expiresAt } = await ctx.db.$transaction(async (tx) => {
    const added = await addReset(tx, { by: { personId }, createdById: admin.userId, now: ctx.now });
    await recordAudit(tx, ctx, [auditOfReset(added)]);
    return added;
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
      text: `Hello ${person.name},\n\n${sender} has made a link for you to choose a new password. It works once, within ${RESET_HOURS} hours:\n\n${link}\n\nIf you have not asked for it, tell ${sender}. Your present password stays until somebody uses the link.\n`,
    });
    return true;
  } catch (error) {
    log.warn({ err: error }, "the link for a new password could not be sent by e-mail; it can still be copied");
    return false;
  }
}
