import type { Database } from "@/server/db/client";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { revokeOpenResets } from "./revoke-open-resets";

/** What people do with their own way in. */
export type SessionAction =
  "signed_in" | "signed_out" | "password_changed" | "second_factor_enabled" | "second_factor_disabled" | "backup_codes_made";

interface SessionEvent {
  who: { id: string; name: string };
  action: SessionAction;
  now: Date;
  requestId: string;
}

/** Writes into the audit that somebody came, went, or comes in another way from now on. */
export async function recordSession(db: Database, { who, action, now, requestId }: SessionEvent): Promise<void> {
  const actor = { kind: "user" as const, userId: who.id, name: who.name };
  await db.$transaction(async (tx) => {
    if (action === "password_changed") await revokeOpenResets(tx, who.id, now);
    // Admins see it in the list of people.
    if (action.startsWith("second_factor")) await announce(tx, { topic: "people", farmIds: [], ids: [] });
    await recordAudit(tx, { actor, now, requestId }, [
      { action: `person.${action}`, subjectType: "person", subjectId: who.id, farmId: null },
    ]);
  });
}
