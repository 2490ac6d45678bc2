import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { moveTargets } from "../move-targets";

/** Silence past the state's deadline is a failure, whatever the rollout's own state. @returns how many */
export async function timeOutSilent(tx: Transaction, now: Date): Promise<number> {
  return moveTargets(
    tx,
    now,
    Prisma.sql`
    UPDATE rollout_target t SET state = 'timed_out', failure_code = 'timeout', error = 'Nothing was heard of it while it was ' || t.state,
      state_at = ${now}::timestamptz, finished_at = ${now}::timestamptz, deadline_at = NULL
    WHERE t.deadline_at <= ${now}::timestamptz AND t.state >= 'sent' AND t.state <= 'verifying'`,
  );
}
