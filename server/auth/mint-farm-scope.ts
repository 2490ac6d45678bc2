import type { FarmScope } from "@/server/actor";
import type { FarmRole } from "@/server/domain/people/policy";

/** Turns memberships that were just read from the database into a scope. Called by gates only. */
export function mintFarmScope(grant: { isAdmin: boolean; memberships: readonly { farmId: string; role: FarmRole }[] }): FarmScope {
  const scope = grant.isAdmin
    ? { everyFarm: true as const }
    : { everyFarm: false as const, roles: new Map(grant.memberships.map(({ farmId, role }) => [farmId, role])) };
  return scope as unknown as FarmScope;
}
