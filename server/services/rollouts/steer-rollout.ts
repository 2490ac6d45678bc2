import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { Prisma } from "@/server/db/generated/client";
import { canMoveRollout } from "@/server/domain/rollouts/transitions";
import type { RolloutState } from "@/server/domain/rollouts/vocabulary";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { type FoundRollout, lockRollout } from "./find-rollout";

interface Steering {
  id: string;
  version?: number;
  action: string;
  reason: string | null;
  /** Where it goes; left out = it stays in its state. */
  to?: RolloutState;
  /** Further columns. */
  set?: (rollout: FoundRollout) => Prisma.Sql;
  /** What else has to happen, in the same transaction. */
  also?: (tx: Transaction, rollout: FoundRollout) => Promise<Record<string, unknown> | undefined>;
}

/**
 * A person's command to a rollout: only what is wanted is written, the tick does the work. Locked, guarded by what was
 * looked at, audited.
 * @throws not_found, forbidden, conflict when it is in a state that does not allow it
 */
export async function steerRollout(
  ctx: ServiceContext,
  { id, version, action, reason, to, set, also }: Steering,
): Promise<{ version: number }> {
  requireUser(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const rollout = await lockRollout(tx, ctx, id, version);
    if (to && !canMoveRollout(rollout.state, to)) {
      throw new AppError("conflict", `A rollout that is ${rollout.state.replace("_", " ")} cannot be ${to.replace("_", " ")}.`);
    }
    const facts = await also?.(tx, rollout);
    const assignments = [
      Prisma.sql`version = version + 1, updated_at = ${ctx.now}::timestamptz`,
      ...(to ? [Prisma.sql`state = ${to}::rollout_state`] : []),
      ...(set ? [set(rollout)] : []),
    ];
    await tx.$executeRaw`UPDATE rollout SET ${Prisma.join(assignments, ", ")} WHERE id = ${id}::uuid`;
    await announce(tx, { topic: "rollouts", farmIds: rollout.farmIds, ids: [id] });
    await recordAudit(tx, ctx, [
      {
        action,
        subjectType: "rollout",
        subjectId: id,
        farmId: rollout.farmIds.length === 1 ? (rollout.farmIds[0] ?? null) : null,
        after: { name: rollout.name, ...(reason ? { reason } : {}), ...facts },
      },
    ]);
    return { version: rollout.version + 1 };
  });
}
