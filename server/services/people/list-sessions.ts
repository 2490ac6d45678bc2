import { z } from "zod";
import type { Actor } from "@/server/actor";
import { requireAdmin, requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

/** Where somebody is signed in. What lets the browser in, its token, never leaves the database. */
export interface SessionView {
  id: string;
  /** The one this was asked from. */
  isThisOne: boolean;
  userAgent: string | null;
  /** Where they signed in from. */
  address: string | null;
  signedInAt: Date;
  /** To the minute. */
  lastUsedAt: Date;
}

export const sessionsOfSchema = z.object({
  /** Left out: the caller's own. */
  personId: z.uuid().optional(),
});

/** The sessions of the caller, or for admins of anybody, the last used first. */
export async function listSessions({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<SessionView[]> {
  const { userId, sessionId } = ownerOfSessions(ctx.actor, parseInput(sessionsOfSchema, input).personId);
  const sessions = await ctx.db.session.findMany({
    where: { userId, expiresAt: { gt: ctx.now } },
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, updatedAt: true, lastUsedAt: true },
  });
  return sessions
    .map(({ id, userAgent, ipAddress, createdAt, updatedAt, lastUsedAt }) => ({
      id,
      isThisOne: id === sessionId,
      userAgent: userAgent || null,
      address: ipAddress || null,
      signedInAt: createdAt,
      lastUsedAt: lastUsedAt ?? updatedAt,
    }))
    .sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.lastUsedAt.getTime() - a.lastUsedAt.getTime());
}

/**
 * Whose sessions are meant, and which of them the caller uses at the moment.
 * @throws forbidden for other people's unless the caller is an admin, and for API keys
 */
export function ownerOfSessions(actor: Actor, personId: string | undefined): { userId: string; sessionId: string | undefined } {
  const person = requirePerson(actor);
  const userId = personId ?? person.userId;
  if (userId !== person.userId) requireAdmin(actor);
  return { userId, sessionId: person.sessionId };
}
