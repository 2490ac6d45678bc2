import type { Database, Transaction } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import { roleAllows, type FarmPermission, type FarmRole } from "@/server/domain/people/policy";

/**
 * What the person behind an import may do now. The work goes on after their request has ended, so it is asked again:
 * whoever loses a farm meanwhile writes nothing there.
 */
export class Rights {
  readonly #isAdmin: boolean;
  readonly #roles: ReadonlyMap<string, FarmRole>;
  readonly #key: KeyBounds | undefined;

  constructor(isAdmin: boolean, roles: ReadonlyMap<string, FarmRole>, key?: KeyBounds) {
    this.#isAdmin = isAdmin;
    this.#roles = roles;
    this.#key = key;
  }

  /** For an import that came with an API key, what the key has of it; nothing once the key has ended. */
  static async of(db: Database | Transaction, job: Pick<ImportJob, "createdById" | "createdByKeyId">): Promise<Rights> {
    const person = await db.user.findUnique({ where: { id: job.createdById }, include: { memberships: true } });
    if (!person || person.disabledAt) return NONE;
    const roles = new Map(person.memberships.map(({ farmId, role }) => [farmId, role]));
    if (!job.createdByKeyId) return new Rights(person.isAdmin, roles);
    const key = await db.apiKey.findUnique({ where: { id: job.createdByKeyId } });
    return key && !key.revokedAt ? new Rights(person.isAdmin, roles, key) : NONE;
  }

  may(permission: FarmPermission, farmId: string): boolean {
    if (this.#key && !allowsWithin(this.#key, permission, farmId)) return false;
    const role = this.#roles.get(farmId);
    return this.#isAdmin || (role !== undefined && roleAllows(role, permission));
  }
}

interface KeyBounds {
  scopes: readonly string[];
  /** Empty = every farm of its owner. */
  farmIds: readonly string[];
}

function allowsWithin({ scopes, farmIds }: KeyBounds, permission: FarmPermission, farmId: string): boolean {
  return scopes.includes(permission) && (farmIds.length === 0 || farmIds.includes(farmId));
}

const NONE = new Rights(false, new Map());
