import { z } from "zod";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

export const removeSecondFactorSchema = z.object({ personId: z.uuid() });

/** For somebody who has lost phone and backup codes: the password alone lets them in again. Sessions that are open go on. */
export async function removeSecondFactor({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const admin = requireAdmin(ctx.actor);
  const { personId } = parseInput(removeSecondFactorSchema, input);
  // There the password is asked for: a tablet that an admin left lying must not be enough.
  if (personId === admin.userId) throw new AppError("conflict", "Turn your own second factor off on the page of your account.");
  await ctx.db.$transaction(async (tx) => {
    // Loses to whoever turned it off first.
    const { count } = await tx.user.updateMany({ where: { id: personId, twoFactorEnabled: true }, data: { twoFactorEnabled: false } });
    if (count === 0) throw new AppError("not_found", "There is no second factor to turn off.");
    await tx.twoFactor.deleteMany({ where: { userId: personId } });
    await announce(tx, { topic: "people", farmIds: [], ids: [] });
    await recordAudit(tx, ctx, [{ action: "person.second_factor_removed", subjectType: "person", subjectId: personId, farmId: null }]);
  });
}
