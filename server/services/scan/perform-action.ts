import { randomBytes } from "node:crypto";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { type FieldAction, fieldActionSchema } from "@/server/domain/scan/action";
import type { FieldConflict } from "@/server/domain/scan/conflict";
import { fieldError } from "@/server/errors";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { registerDevice } from "@/server/services/devices/register-device";
import { setLocation } from "@/server/services/devices/set-location";
import { setMaintenance } from "@/server/services/devices/set-maintenance";
import { runDiagnostic } from "@/server/services/diagnostics/run-diagnostic";
import { parseInput } from "@/server/services/parse";
import { addPhoto } from "@/server/services/photos/add-photo";
import { closeWork } from "./close-work";
import { lastChangeOf } from "./last-change";

export type FieldAnswer = { outcome: "done" } | { outcome: "conflict"; conflict: FieldConflict };

/**
 * Does what somebody did in the field, exactly once for each id that their browser made: its effect and the answer are
 * written in one transaction, and a repeat gets that answer. What others have changed since is not overwritten but
 * shown; a conflict or a refusal leaves nothing behind, so the same id may be tried again.
 * @throws invalid_input, not_found, forbidden, conflict as the verb it calls; conflict when it is another person's
 */
export async function performAction({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FieldAnswer> {
  const action = parseInput(fieldActionSchema, input);
  const { userId } = requirePerson(ctx.actor);
  if (action.ownerId && action.ownerId !== userId)
    throw fieldError("conflict", "ownerId", "Somebody else did this on the same tablet. They have to sign in to send it.");
  return inTransaction(ctx.db, async (tx) => {
    // The insert is the claim: a second request with this id waits here until the first commits or fails.
    const claimed = await tx.$executeRaw`
      INSERT INTO field_action (user_id, id, kind, device_id, done_at, received_at)
      VALUES (${userId}::uuid, ${action.id}::uuid, ${action.kind}, ${action.deviceId}, ${new Date(action.doneAt)}, ${ctx.now})
      ON CONFLICT DO NOTHING`;
    const key = { userId_id: { userId, id: action.id } };
    if (claimed === 0) return (await tx.fieldAction.findUniqueOrThrow({ where: key })).answer as unknown as FieldAnswer;
    // A verb's own transaction becomes a savepoint within this one.
    const answer = await carryOut({ ...ctx, db: tx as Database }, action);
    if (answer.outcome === "done") await tx.fieldAction.update({ where: key, data: { answer } });
    else await tx.fieldAction.delete({ where: key });
    return answer;
  });
}

const DONE: FieldAnswer = { outcome: "done" };

async function carryOut(ctx: ServiceContext, action: FieldAction): Promise<FieldAnswer> {
  const { deviceId } = action;
  switch (action.kind) {
    case "set_location": {
      const { location, base } = action;
      const outcome = await setLocation({ ctx, input: { deviceId, location, base } });
      if (outcome.moved) return DONE;
      const change = await lastChangeOf(ctx.db, deviceId, Prisma.sql`after ? 'location'`);
      return { outcome: "conflict", conflict: { about: "location", base, yours: location, theirs: outcome.current, change } };
    }
    case "set_maintenance": {
      const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.edit");
      // Somebody else has done the same: that is what was wanted.
      if ((device.lifecycle === "maintenance") === action.maintenance) return DONE;
      await setMaintenance({ ctx, input: { deviceId, maintenance: action.maintenance, notes: action.notes } });
      return DONE;
    }
    case "complete_work": {
      const conflict = await closeWork(ctx, action);
      return conflict ? { outcome: "conflict", conflict } : DONE;
    }
    case "add_photo":
      await addPhoto({ ctx, input: { deviceId, content: action.content, takenAt: new Date(action.doneAt) } });
      return DONE;
    case "run_diagnostic":
      await runDiagnostic({ ctx, input: { deviceId } });
      return DONE;
    case "register":
      await registerDevice({ ctx, input: { ...action.device, deviceId, requestKey: randomBytes(32).toString("base64url") } });
      return DONE;
  }
}
