import { z } from "zod";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { ownerOfSessions, sessionsOfSchema } from "./list-sessions";

export const endSessionsSchema = sessionsOfSchema.extend({
  /** Left out: all of them, but never the one this is asked from. */
  sessionId: z.uuid().optional(),
});

/** Signs browsers out: from their next request on, and their open streams at once. @returns how many */
export async function endSessions({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ ended: number }> {
  const { personId, sessionId } = parseInput(endSessionsSchema, input);
  const { userId, sessionId: thisOne } = ownerOfSessions(ctx.actor, personId);
  if (sessionId !== undefined && sessionId === thisOne) throw new AppError("conflict", "This is where you are now. Sign out instead.");
  return ctx.db.$transaction(async (tx) => {
    // The owner is part of the condition: an id of somebody else's session opens nothing here.
    const { count } = await tx.session.deleteMany({ where: { userId, id: sessionId ?? { not: thisOne } } });
    if (count === 0 && sessionId !== undefined) throw new AppError("not_found", "This session has ended already.");
    if (count === 0) return { ended: 0 };
    // The person's own streams ask again who they are, and end where nobody is.
    await announce(tx, { topic: "people", farmIds: [], ids: [userId] });
    await recordAudit(tx, ctx, [
      { action: "person.sessions_ended", subjectType: "person", subjectId: userId, farmId: null, after: { sessions: count } },
    ]);
    return { ended: count };
  });
}
