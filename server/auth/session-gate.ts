import type { UserActor } from "@/server/actor";
import { database } from "@/server/db/connection";
import { auth } from "./auth";
import { mintFarmScope } from "./mint-farm-scope";

/** "Last used" is written no more often than this. */
const NOTE_USE_SECONDS = 60;

/**
 * The person behind a request's session cookie with the farms they may touch, read fresh from the database: a change
 * of rights works on the next request. `undefined` for no, an expired or a disabled person's session.
 */
export async function actorOfSession(headers: Headers): Promise<UserActor | undefined> {
  const session = await auth().api.getSession({ headers });
  if (!session) return undefined;
  const user = await database().user.findUnique({
    where: { id: session.user.id },
    select: { id: true, name: true, email: true, isAdmin: true, disabledAt: true, memberships: { select: { farmId: true, role: true } } },
  });
  if (!user || user.disabledAt) return undefined;
  await noteUse(session.session, new Date());
  return {
    kind: "user",
    userId: user.id,
    name: user.name,
    email: user.email,
    isAdmin: user.isAdmin,
    scope: mintFarmScope(user),
    sessionId: session.session.id,
  };
}

async function noteUse({ id, lastUsedAt }: { id: string; lastUsedAt?: Date | null }, now: Date): Promise<void> {
  const noted = new Date(now.getTime() - NOTE_USE_SECONDS * 1000);
  if (lastUsedAt && lastUsedAt >= noted) return;
  // Of many at once one writes.
  await database().session.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: noted } }] },
    data: { lastUsedAt: now },
  });
}
