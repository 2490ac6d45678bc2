import type { Database } from "@/server/db/client";
import { recordAudit } from "@/server/services/audit/record-audit";
import { revokeOpenResets } from "./revoke-open-resets";

interface SessionEvent {
  who: { id: string; name: string };
  action: "signed_in" | "signed_out" | "password_changed";
  now: Date;
  requestId: string;
}

/** Writes into the audit that somebody came, went, or has another password. */
export async function recordSession(db: Database, { who, action, now, requestId }: SessionEvent): Promise<void> {
  const actor = { kind: "user" as const, userId: who.id, name: who.name };
  await db.$transaction(async (tx) => {
    if (action === "password_changed") await revokeOpenResets(tx, who.id, now);
    await recordAudit(tx, { actor, now, requestId }, [
      { action: `person.${action}`, subjectType: "person", subjectId: who.id, farmId: null },
    ]);
  });
}
