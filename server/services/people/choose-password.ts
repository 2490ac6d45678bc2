import { hashPassword } from "better-auth/crypto";
import { inTransaction } from "@/server/db/in-transaction";
import { choosePasswordSchema } from "@/server/domain/people/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { hashSecret } from "@/server/services/provisioning/secret";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import type { PublicContext } from "./accept-invitation";

const GONE = "This link is no longer valid. Ask an admin for a new one.";

/** Whom an open link for a new password is for; the same answer for unknown, used, replaced and expired, and for who is disabled. */
export async function getPasswordReset({ ctx, token }: { ctx: PublicContext; token: string }): Promise<{ name: string; email: string }> {
  await consumeRateLimit(ctx.db, { key: `password-reset:${ctx.address}`, max: 60, windowSeconds: 60 });
  const reset = await ctx.db.passwordReset.findFirst({
    where: { tokenHash: hashSecret(token), ...openAt(ctx.now), user: { disabledAt: null } },
    select: { user: { select: { name: true, email: true } } },
  });
  if (!reset) throw new AppError("not_found", GONE);
  return reset.user;
}

/** Sets the new password and ends every session of the person; of two at once exactly one succeeds. */
export async function choosePassword({ ctx, input }: { ctx: PublicContext; input: unknown }): Promise<{ email: string }> {
  const { token, password } = parseInput(choosePasswordSchema, input);
  const { name, email } = await getPasswordReset({ ctx, token });
  // Outside the transaction: scrypt takes tens of milliseconds.
  const hash = await hashPassword(password);
  await inTransaction(ctx.db, async (tx) => {
    // Loses to whoever used the same link first, and to whoever revoked it: by a newer one, or by disabling the person.
    const [used] = await tx.passwordReset.updateManyAndReturn({
      where: { tokenHash: hashSecret(token), ...openAt(ctx.now) },
      data: { usedAt: ctx.now },
      select: { userId: true },
    });
    if (!used) throw new AppError("not_found", GONE);
    const { userId } = used;
    await tx.account.updateMany({ where: { userId, providerId: "credential" }, data: { password: hash } });
    await tx.session.deleteMany({ where: { userId } });
    // The person's own streams end.
    await announce(tx, { topic: "people", farmIds: [], ids: [userId] });
    const source = { actor: { kind: "system" as const, label: name }, now: ctx.now, requestId: ctx.requestId };
    await recordAudit(tx, source, [{ action: "person.password_chosen", subjectType: "person", subjectId: userId, farmId: null }]);
  });
  return { email };
}

function openAt(now: Date) {
  return { usedAt: null, revokedAt: null, expiresAt: { gt: now } };
}
