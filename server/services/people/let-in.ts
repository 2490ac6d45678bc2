import { randomUUID } from "node:crypto";
import type { Database } from "@/server/db/client";
import type { SystemActor } from "@/server/actor";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { addReset, auditOfReset } from "./add-reset";

const COMMAND: SystemActor = { kind: "system", label: "Command line" };

interface WayIn {
  name: string;
  /** For `/reset/<token>`. */
  token: string;
  expiresAt: Date;
  hadSecondFactor: boolean;
}

/**
 * A way in for whoever owns the machine, when no admin is left who could give one: a link for a new password, and the
 * second factor off. Sessions end when the link is used. Written down like everything else.
 * @throws not_found, conflict for who is disabled
 */
export function letIn(db: Database, { email, now }: { email: string; now: Date }): Promise<WayIn> {
  return db.$transaction(async (tx) => {
    const added = await addReset(tx, { by: { email }, createdById: null, now });
    const { person, token, expiresAt } = added;
    const { count } = await tx.user.updateMany({ where: { id: person.id, twoFactorEnabled: true }, data: { twoFactorEnabled: false } });
    await tx.twoFactor.deleteMany({ where: { userId: person.id } });
    await announce(tx, { topic: "people", farmIds: [], ids: [] });
    const removed = { action: "person.second_factor_removed", subjectType: "person", subjectId: person.id, farmId: null } as const;
    await recordAudit(tx, { actor: COMMAND, now, requestId: randomUUID() }, [auditOfReset(added), ...(count > 0 ? [removed] : [])]);
    return { name: person.name, token, expiresAt, hadSecondFactor: count > 0 };
  });
}
