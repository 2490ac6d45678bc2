import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { API_SCOPES } from "@/server/domain/api-keys/scopes";
import { newApiKeySecret } from "@/server/services/api-keys/secret";
import { testPerson } from "./builders";

/** A key of an admin of its own, with every scope on every farm unless said otherwise. */
export async function testApiKey(
  db: Database,
  { ownerId, ...key }: Partial<Prisma.ApiKeyUncheckedCreateInput> = {},
): Promise<{ id: string; ownerId: string; secret: string; authorization: string }> {
  const owner = ownerId ?? (await testPerson(db, { isAdmin: true })).id;
  const { secret, row } = newApiKeySecret();
  const { id } = await db.apiKey.create({
    data: { name: "Test", scopes: [...API_SCOPES], farmIds: [], ...key, ownerId: owner, secrets: { create: row } },
  });
  return { id, ownerId: owner, secret, authorization: `Bearer ${secret}` };
}
