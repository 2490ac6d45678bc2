import type { Database, Transaction } from "@/server/db/client";
import { roleAllows, type FarmPermission, type FarmRole } from "@/server/domain/people/policy";

/**
 * What the person behind an import may do now. The work goes on after their request has ended, so it is asked again:
 * whoever loses a farm meanwhile writes nothing there.
 */
export class Rights {
  readonly #isAdmin: boolean;
  readonly #roles: ReadonlyMap<string, FarmRole>;

  constructor(isAdmin: boolean, roles: ReadonlyMap<string, FarmRole>) {
    this.#isAdmin = isAdmin;
    this.#roles = roles;
  }

  static async of(db: Database | Transaction, userId: string): Promise<Rights> {
    const person = await db.user.findUnique({ where: { id: userId }, include: { memberships: true } });
    if (!person || person.disabledAt) return new Rights(false, new Map());
    return new Rights(person.isAdmin, new Map(person.memberships.map(({ farmId, role }) => [farmId, role])));
  }

  may(permission: FarmPermission, farmId: string): boolean {
    const role = this.#roles.get(farmId);
    return this.#isAdmin || (role !== undefined && roleAllows(role, permission));
  }
}
