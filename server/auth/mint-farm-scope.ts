import type { FarmScope } from "@/server/actor";
import type { FarmRole, Permission } from "@/server/domain/people/policy";

interface Owner {
  isAdmin: boolean;
  memberships: readonly { farmId: string; role: FarmRole }[];
}

/**
 * The scope of an API key: what its owner may, on the key's farms (none named = all of the owner's), and of that only
 * its scopes. An admin's key that names farms is a manager there, and belongs to no organisation.
 */
export function mintKeyScope(owner: Owner, key: { farmIds: readonly string[]; scopes: readonly string[] }): FarmScope {
  const only = new Set(key.scopes) as ReadonlySet<string> as ReadonlySet<Permission>;
  if (key.farmIds.length === 0) return { ...mintFarmScope(owner), only };
  const memberships = owner.isAdmin
    ? key.farmIds.map((farmId) => ({ farmId, role: "farm_manager" as const }))
    : owner.memberships.filter(({ farmId }) => key.farmIds.includes(farmId));
  return { ...mintFarmScope({ isAdmin: false, memberships }), only };
}

/** Turns memberships that were just read from the database into a scope. Called by gates only. */
export function mintFarmScope(grant: Owner): FarmScope {
  const scope = grant.isAdmin
    ? { everyFarm: true as const }
    : { everyFarm: false as const, roles: new Map(grant.memberships.map(({ farmId, role }) => [farmId, role])) };
  return scope as unknown as FarmScope;
}
