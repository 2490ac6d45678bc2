import { hashPassword } from "better-auth/crypto";
import type { Transaction } from "@/server/db/client";
import type { FarmRole } from "@/server/domain/people/policy";

interface NewPerson {
  name: string;
  email: string;
  password: string;
  isAdmin: boolean;
  memberships: { farmId: string; role: FarmRole }[];
}

/** Hashes outside the transaction (scrypt takes tens of milliseconds); then `create` writes person and sign-in. */
export async function preparePerson(person: NewPerson) {
  const password = await hashPassword(person.password);
  return {
    async create(tx: Transaction): Promise<{ id: string }> {
      const user = await tx.user.create({
        data: {
          name: person.name,
          email: person.email,
          emailVerified: true,
          isAdmin: person.isAdmin,
          memberships: { createMany: { data: person.memberships } },
        },
        select: { id: true },
      });
      // better-auth names the account of an e-mail sign-in after its user.
      await tx.account.create({ data: { userId: user.id, accountId: user.id, providerId: "credential", password } });
      return user;
    },
  };
}
