import { z } from "zod";
import { FARM_ROLES } from "@/server/domain/people/policy";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { revokeOpenResets } from "./revoke-open-resets";

export const updatePersonSchema = z.object({
  id: z.uuid(),
  isAdmin: z.boolean(),
  disabled: z.boolean(),
  memberships: z
    .array(z.object({ farmId: z.uuid(), role: z.enum(FARM_ROLES) }))
    .max(500)
    .refine((memberships) => new Set(memberships.map((membership) => membership.farmId)).size === memberships.length, "One role a farm"),
});

/** Sets a person's rights as a whole. Disabling signs them out everywhere in the same transaction. */
export async function updatePerson({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const admin = requireAdmin(ctx.actor);
  const { id, isAdmin, disabled, memberships } = parseInput(updatePersonSchema, input);
  if (id === admin.userId && (!isAdmin || disabled))
    throw new AppError("conflict", "You cannot take away your own access; ask another admin.");
  await ctx.db.$transaction(async (tx) => {
    const before = await tx.user.findUnique({ where: { id }, include: { memberships: true } });
    if (!before) throw new AppError("not_found", "There is no such person.");
    if ((await tx.farm.count({ where: { id: { in: memberships.map(({ farmId }) => farmId) } } })) < memberships.length)
      throw fieldError("not_found", "memberships", "One of these farms does not exist");
    await tx.user.update({ where: { id }, data: { isAdmin, disabledAt: disabled ? (before.disabledAt ?? ctx.now) : null } });
    await tx.membership.deleteMany({ where: { userId: id } });
    await tx.membership.createMany({ data: isAdmin ? [] : memberships.map((membership) => ({ ...membership, userId: id })) });
    if (disabled) {
      await tx.session.deleteMany({ where: { userId: id } });
      await revokeOpenResets(tx, id, ctx.now);
    }
    // People belong to no farm: only admins watch them. The person's own streams take up the new rights.
    await announce(tx, { topic: "people", farmIds: [], ids: [id] });
    await recordAudit(tx, ctx, [
      {
        action: disabled && !before.disabledAt ? "person.disabled" : "person.rights_changed",
        subjectType: "person",
        subjectId: id,
        farmId: null,
        before: {
          isAdmin: before.isAdmin,
          disabled: before.disabledAt !== null,
          memberships: before.memberships.map(({ farmId, role }) => ({ farmId, role })),
        },
        after: { isAdmin, disabled, memberships },
      },
    ]);
  });
}

export const revokeInvitationSchema = z.object({ id: z.uuid() });

/** Withdraws an open invitation. */
export async function revokeInvitation({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireAdmin(ctx.actor);
  const { id } = parseInput(revokeInvitationSchema, input);
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({ where: { id, acceptedAt: null, revokedAt: null }, data: { revokedAt: ctx.now } });
    if (count === 0) throw new AppError("not_found", "This invitation is no longer open.");
    await announce(tx, { topic: "people", farmIds: [], ids: [] });
    await recordAudit(tx, ctx, [{ action: "person.invitation_revoked", subjectType: "invitation", subjectId: id, farmId: null }]);
  });
}
