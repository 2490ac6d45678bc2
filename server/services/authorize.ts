import type { Actor, Caller, UserActor } from "@/server/actor";
import {
  roleAllows,
  roleAllowsInOrganisation,
  type FarmPermission,
  type OrganisationPermission,
  type Permission,
} from "@/server/domain/people/policy";
import { AppError } from "@/server/errors";

/**
 * The person who calls, or the program that calls with an API key of theirs.
 * @throws unauthenticated for anything else
 */
export function requireUser(actor: Actor): Caller {
  if (actor.kind === "user" || actor.kind === "api_key") return actor;
  throw new AppError("unauthenticated", "Sign in first.");
}

/**
 * For what is somebody's own: saved views, notifications, what they did in the field.
 * @throws forbidden for an API key, unauthenticated unless somebody is signed in
 */
export function requirePerson(actor: Actor): UserActor {
  const caller = requireUser(actor);
  if (caller.kind === "user") return caller;
  throw new AppError("forbidden", "This is for people only. An API key cannot do it.");
}

/** Whom rows name as their author: the person, the owner of the API key, nobody for the system. */
export function authorOf(actor: Actor): string | null {
  return actor.kind === "user" || actor.kind === "api_key" ? actor.userId : null;
}

/** @throws forbidden unless the caller is an admin. */
export function requireAdmin(actor: Actor): UserActor {
  const user = requirePerson(actor);
  if (!user.isAdmin) throw new AppError("forbidden", "Only an admin can do this.");
  return user;
}

/**
 * @throws not_found when the farm is outside the caller's scope (whether it exists is not their business),
 *   forbidden when their role there does not include the permission.
 */
export function requireFarmPermission(actor: Actor, farmId: string, permission: FarmPermission): Caller {
  const user = requireUser(actor);
  if (user.scope.everyFarm) return requireScope(user, permission);
  const role = user.scope.roles.get(farmId);
  if (!role) throw new AppError("not_found", "There is no such farm among yours.");
  if (!roleAllows(role, permission)) throw new AppError("forbidden", "Your role on this farm does not allow this.");
  return requireScope(user, permission);
}

/** @throws forbidden when the call comes with an API key that lacks the scope */
export function requireScope(caller: Caller, permission: Permission): Caller {
  if (hasScope(caller, permission)) return caller;
  throw new AppError("forbidden", `The API key lacks the scope ${permission}.`);
}

function hasScope({ scope }: Caller, permission: Permission): boolean {
  return scope.only?.has(permission) ?? true;
}

/** Ids of the farms where the caller has a permission; `undefined` = every farm. */
export function farmIdsWith(actor: Actor, permission: FarmPermission): string[] | undefined {
  const user = requireUser(actor);
  if (!hasScope(user, permission)) return [];
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
  const user = requireUser(actor);
  const { scope } = user;
  if (!hasScope(user, permission)) return false;
  return scope.everyFarm || [...scope.roles.values()].some((role) => roleAllowsInOrganisation(role, permission));
}

/** @throws forbidden unless the caller has the permission in the organisation */
export function requireOrganisationPermission(actor: Actor, permission: OrganisationPermission): Caller {
  if (!allowsInOrganisation(actor, permission)) throw new AppError("forbidden", "Your role does not allow this.");
  return requireUser(actor);
}
