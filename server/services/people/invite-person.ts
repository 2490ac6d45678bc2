import { invitePersonSchema } from "@/server/domain/people/schema";
import { env } from "@/server/env";
import { fieldError } from "@/server/errors";
import { logFor } from "@/server/log";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { canSendMail, sendMail } from "@/server/services/mail/send-mail";
import { parseInput } from "@/server/services/parse";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";

const VALID_DAYS = 7;
const log = logFor("people");

export interface InvitationLink {
  /** Shown once, to copy. */
  link: string;
  expiresAt: Date;
  /** Whether the link was also sent by e-mail. */
  mailed: boolean;
}

/** Invites a person with their rights; the link lets exactly one person in, within a week. */
export async function invitePerson({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<InvitationLink> {
  const admin = requireAdmin(ctx.actor);
  const { farmIds, ...person } = parseInput(invitePersonSchema, input);
  const token = newSecret();
  const expiresAt = new Date(ctx.now.getTime() + VALID_DAYS * 86_400_000);
  await ctx.db.$transaction(async (tx) => {
    if ((await tx.user.count({ where: { email: person.email } })) > 0)
      throw fieldError("conflict", "email", "Somebody with this e-mail address has access already");
    if ((await tx.farm.count({ where: { id: { in: farmIds } } })) !== new Set(farmIds).size)
      throw fieldError("not_found", "farmIds", "One of these farms does not exist");
    // A newer invitation replaces the open ones for the same address.
    await tx.invitation.updateMany({ where: { email: person.email, acceptedAt: null, revokedAt: null }, data: { revokedAt: ctx.now } });
    const { id } = await tx.invitation.create({
      data: {
        ...person,
        role: person.isAdmin ? null : person.role,
        farmIds: person.isAdmin ? [] : farmIds,
        tokenHash: hashSecret(token),
        invitedById: admin.userId,
        expiresAt,
      },
    });
    // People belong to no farm: only admins watch them.
    await announce(tx, { topic: "people", farmIds: [], ids: [] });
    await recordAudit(tx, ctx, [
      { action: "person.invited", subjectType: "invitation", subjectId: id, farmId: null, after: { ...person, farmIds } },
    ]);
  });
  const link = `${env().PUBLIC_URL}/invite/${token}`;
  return { link, expiresAt, mailed: await tryToMail(person, link, admin.name) };
}

async function tryToMail(person: { email: string; name: string }, link: string, inviter: string): Promise<boolean> {
  if (!canSendMail()) return false;
  try {
    await sendMail({
      to: person.email,
      subject: "Your access to Smart Dairy",
      text: `Hello ${person.name},\n\n${inviter} has invited you to Smart Dairy. Choose your password here, within ${VALID_DAYS} days:\n\n${link}\n`,
    });
    return true;
  } catch (error) {
    log.warn({ err: error }, "the invitation could not be sent by e-mail; the link can still be copied");
    return false;
  }
}
