import { Prisma } from "@/server/db/generated/client";
import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { moveTargets } from "./move-targets";
import { steerRollout } from "./steer-rollout";

/**
 * Ends a rollout for good. Who waits is cancelled, and who was told over a command that has not left yet; devices at
 * work are left to end. @throws not_found, forbidden, conflict when it has ended
 */
export async function cancelRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  const { name } = requireUser(ctx.actor);
  const at = Prisma.sql`${ctx.now}::timestamptz`;
  return steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.cancelled",
    to: "cancelled",
    set: () => Prisma.sql`finished_at = ${at}, stop = ${JSON.stringify({ by: name, reason })}::jsonb`,
    also: async (tx) => ({
      cancelled: await moveTargets(
        tx,
        ctx.now,
        Prisma.sql`UPDATE rollout_target t SET state = 'cancelled', reason = NULL, state_at = ${at}, finished_at = ${at}, deadline_at = NULL
          WHERE t.rollout_id = ${id}::uuid AND (t.state IN ('pending', 'held')
            OR (t.state = 'sent' AND EXISTS (SELECT 1 FROM device_command c WHERE c.id = t.command_id AND c.state = 'queued')))`,
      ),
    }),
  });
}
