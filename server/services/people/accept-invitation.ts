import type { Database } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { choosePasswordSchema } from "@/server/domain/people/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { hashSecret } from "@/server/services/provisioning/secret";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { preparePerson } from "./create-person";

/** Of people who are not signed in. */
export interface PublicContext {
  db: Database;
  now: Date;
  requestId: string;
  address: string;
}

const GONE = "This invitation is no longer valid. Ask for a new one.";

/** Whom an open invitation is for; the same answer for unknown, used, revoked and expired. */
export async function getInvitation({ ctx, token }: { ctx: PublicContext; token: string }): Promise<{ name: string; email: string }> {
  await consumeRateLimit(ctx.db, { key: `invitation:${ctx.address}`, max: 60, windowSeconds: 60 });
  const invitation = await ctx.db.invitation.findFirst({
    where: { tokenHash: hashSecret(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
    select: { name: true, email: true },
  });
  if (!invitation) throw new AppError("not_found", GONE);
  return invitation;
}

/** Creates the person with the rights of the invitation; of two at once exactly one succeeds. */
export async function acceptInvitation({ ctx, input }: { ctx: PublicContext; input: unknown }): Promise<{ email: string }> {
  const { token, password } = parseInput(choosePasswordSchema, input);
  const { name, email } = await getInvitation({ ctx, token });
  const open = await ctx.db.invitation.findUniqueOrThrow({ where: { tokenHash: hashSecret(token) } });
  const memberships = open.role ? open.farmIds.map((farmId) => ({ farmId, role: open.role ?? ("viewer" as const) })) : [];
  const person = await preparePerson({ name, email, password, isAdmin: open.isAdmin, memberships });
  await inTransaction(ctx.db, async (tx) => {
    // Loses to whoever used or revoked the same invitation first.
    const { count } = await tx.invitation.updateMany({
      where: { id: open.id, acceptedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
      data: { acceptedAt: ctx.now },
    });
    if (count === 0) throw new AppError("not_found", GONE);
    if ((await tx.user.count({ where: { email } })) > 0)
      throw new AppError("conflict", "Somebody with this e-mail address has access already. Sign in instead.");
    const user = await person.create(tx);
    const source = { actor: { kind: "system" as const, label: name }, now: ctx.now, requestId: ctx.requestId };
    // People belong to no farm: only admins watch them.
    await announce(tx, { topic: "people", farmIds: [], ids: [] });
    await recordAudit(tx, source, [
      {
        action: "person.joined",
        subjectType: "person",
        subjectId: user.id,
        farmId: null,
        after: { name, email, isAdmin: open.isAdmin, memberships },
      },
    ]);
  });
  return { email };
}
