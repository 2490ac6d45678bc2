import type { Database } from "@/server/db/client";
import type { FarmRole } from "@/server/domain/people/policy";
import { API_KEY_PATTERN } from "@/server/domain/api-keys/schema";
import { hashSecret } from "@/server/services/provisioning/secret";

/** A valid key with what its owner may at the moment. */
export interface AuthenticKey {
  id: string;
  name: string;
  scopes: string[];
  farmIds: string[];
  owner: { id: string; isAdmin: boolean; memberships: { farmId: string; role: FarmRole }[] };
}

/** "Last used" is written no more often than this. */
const NOTE_USE_SECONDS = 60;

/**
 * The key that a secret opens: not revoked, not expired, its secret not rotated away, its owner not disabled. Read fresh,
 * so that an end counts from the next request on. The secret is 256 random bits and looked up by its SHA-256, so the
 * time the look-up takes tells nothing.
 */
export async function authenticateApiKey(
  db: Database,
  { secret, now, address }: { secret: string; now: Date; address: string },
): Promise<AuthenticKey | undefined> {
  if (!API_KEY_PATTERN.test(secret)) return undefined;
  const found = await db.apiKeySecret.findUnique({
    where: { secretHash: hashSecret(secret) },
    include: {
      key: {
        include: {
          owner: { select: { id: true, isAdmin: true, disabledAt: true, memberships: { select: { farmId: true, role: true } } } },
        },
      },
    },
  });
  if (!found || (found.validUntil && found.validUntil <= now)) return undefined;
  const { key } = found;
  if (key.revokedAt || (key.expiresAt && key.expiresAt <= now) || key.owner.disabledAt) return undefined;
  const noted = new Date(now.getTime() - NOTE_USE_SECONDS * 1000);
  if (!key.lastUsedAt || key.lastUsedAt < noted)
    // Of many at once one writes.
    await db.apiKey.updateMany({
      where: { id: key.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: noted } }] },
      data: { lastUsedAt: now, lastUsedAddress: address },
    });
  return { id: key.id, name: key.name, scopes: key.scopes, farmIds: key.farmIds, owner: key.owner };
}
