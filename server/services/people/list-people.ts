import type { FarmRole } from "@/server/domain/people/policy";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface PersonView {
  id: string;
  name: string;
  email: string;
  isAdmin: boolean;
  disabledAt: Date | null;
  /** Whether a sign-in asks for a code after the password. */
  hasSecondFactor: boolean;
  memberships: { farmId: string; farmName: string; role: FarmRole }[];
}

export interface PendingInvitation {
  id: string;
  name: string;
  email: string;
  isAdmin: boolean;
  role: FarmRole | null;
  farmIds: string[];
  expiresAt: Date;
}

/** Everybody with access, and the invitations that are still open. Admins only. */
export async function listPeople({ ctx }: { ctx: ServiceContext }): Promise<{ people: PersonView[]; invitations: PendingInvitation[] }> {
  requireAdmin(ctx.actor);
  const [people, invitations] = await Promise.all([
    ctx.db.user.findMany({ include: { memberships: { include: { farm: { select: { name: true } } } } }, orderBy: { name: "asc" } }),
    ctx.db.invitation.findMany({
      where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
      orderBy: { createdAt: "desc" },
    }),
  ]);
  return {
    people: people.map(({ id, name, email, isAdmin, disabledAt, twoFactorEnabled, memberships }) => ({
      id,
      name,
      email,
      isAdmin,
      disabledAt,
      hasSecondFactor: twoFactorEnabled,
      memberships: memberships.map((membership) => ({ farmId: membership.farmId, farmName: membership.farm.name, role: membership.role })),
    })),
    invitations: invitations.map(({ id, name, email, isAdmin, role, farmIds, expiresAt }) => ({
      id,
      name,
      email,
      isAdmin,
      role,
      farmIds,
      expiresAt,
    })),
  };
}
