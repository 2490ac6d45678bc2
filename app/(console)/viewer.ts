import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "@/server/actor";
import { actorOfSession } from "@/server/auth/session-gate";
import {
  FARM_ROLE_FACTS,
  roleAllows,
  roleAllowsInOrganisation,
  type FarmPermission,
  type OrganisationPermission,
} from "@/server/domain/people/policy";

/** The signed-in person, if any, read once per request. */
const findViewer = cache(async () => actorOfSession(await headers()));

/** The signed-in person; everybody else goes to the sign-in page, and from there on to `next`. */
export async function requireViewer(next?: string): Promise<UserActor> {
  const actor = await findViewer();
  if (!actor) redirect(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  return actor;
}

/** The farm chosen in the switcher, when it is one of theirs. */
export async function selectedFarmOf(actor: UserActor, cookieName: string): Promise<string | null> {
  const farmId = (await cookies()).get(cookieName)?.value;
  if (!farmId || !/^[0-9a-f-]{36}$/.test(farmId)) return null;
  return actor.scope.everyFarm || actor.scope.roles.has(farmId) ? farmId : null;
}

/** What the frame shows of a person. */
export function viewerOf(actor: UserActor) {
  const roles = actor.scope.everyFarm ? [] : [...new Set(actor.scope.roles.values())];
  return {
    name: actor.name,
    email: actor.email,
    isAdmin: actor.isAdmin,
    roleLabel: actor.isAdmin ? "Admin" : roles.map((role) => FARM_ROLE_FACTS[role].label).join(", ") || "No farm yet",
    canProvision: actor.isAdmin || roles.some((role) => roleAllows(role, "device.provision")),
    canManageFirmware: mayInOrganisation(actor, "firmware.manage"),
    canManageRollouts: actor.isAdmin || roles.some((role) => roleAllows(role, "rollout.manage")),
    canAudit: mayOnSomeFarm(actor, "audit.read"),
  };
}

/** The farms whose groups this person may add to and change; groups that span farms are for those with "all". */
export function groupFarmsOf({ scope }: UserActor): string[] | "all" {
  if (scope.everyFarm) return "all";
  return [...scope.roles].filter(([, role]) => roleAllows(role, "group.edit")).map(([farmId]) => farmId);
}

/** Whether this person has a permission on at least one farm. */
export function mayOnSomeFarm({ scope }: UserActor, permission: FarmPermission): boolean {
  return scope.everyFarm || [...scope.roles.values()].some((role) => roleAllows(role, permission));
}

/** Whether this person may do something that belongs to no single farm. */
export function mayInOrganisation({ scope }: UserActor, permission: OrganisationPermission): boolean {
  return scope.everyFarm || [...scope.roles.values()].some((role) => roleAllowsInOrganisation(role, permission));
}
