import type { Actor, UserActor } from "@/server/actor";
import { roleAllows, roleAllowsInOrganisation, type FarmPermission, type OrganisationPermission } from "@/server/domain/people/policy";
import { AppError } from "@/server/errors";

/** @throws unauthenticated unless a person is signed in. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError("unauthenticated", "Sign in first.");
}

/** @throws forbidden unless the caller is an admin. */
export function requireAdmin(actor: Actor): UserActor {
  const user = requireUser(actor);
  if (!user.isAdmin) throw new AppError("forbidden", "Only an admin can do this.");
  return user;
}

/**
 * @throws not_found when the farm is outside the caller's scope (whether it exists is not their business),
 *   forbidden when their role there does not include the permission.
 */
export function requireFarmPermission(actor: Actor, farmId: string, permission: FarmPermission): UserActor {
  const user = requireUser(actor);
  if (user.scope.everyFarm) return user;
  const role = user.scope.roles.get(farmId);
  if (!role) throw new AppError("not_found", "There is no such farm among yours.");
  if (!roleAllows(role, permission)) throw new AppError("forbidden", "Your role on this farm does not allow this.");
  return user;
}

/** Ids of the farms where the caller has a permission; `undefined` = every farm. */
export function farmIdsWith(actor: Actor, permission: FarmPermission): string[] | undefined {
  const user = requireUser(actor);
  if (user.scope.everyFarm) return undefined;
  return [...user.scope.roles].filter(([, role]) => roleAllows(role, permission)).map(([farmId]) => farmId);
}

/** Prisma filter for rows with a `farmId` the caller may see. */
export function farmFilter(actor: Actor, permission: FarmPermission): { farmId?: { in: string[] } } {
  const farmIds = farmIdsWith(actor, permission);
  return farmIds ? { farmId: { in: farmIds } } : {};
}

/** Whether the caller may do something on a farm, for screens that offer only what would not be refused. */
export function allows(actor: Actor, farmId: string, permission: FarmPermission): boolean {
  const farmIds = farmIdsWith(actor, permission);
  return farmIds === undefined || farmIds.includes(farmId);
}

/** Whether the caller has a permission in the organisation: admins have every one, others by their role on any farm. */
export function allowsInOrganisation(actor: Actor, permission: OrganisationPermission): boolean {
  const { scope } = requireUser(actor);
  return scope.everyFarm || [...scope.roles.values()].some((role) => roleAllowsInOrganisation(role, permission));
}

/** @throws forbidden unless the caller has the permission in the organisation */
export function requireOrganisationPermission(actor: Actor, permission: OrganisationPermission): UserActor {
  if (!allowsInOrganisation(actor, permission)) throw new AppError("forbidden", "Your role does not allow this.");
  return requireUser(actor);
}
