import { Prisma } from "@/server/db/generated/client";
import { rolloutTargetSchema } from "@/server/domain/rollouts/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { moveTargets } from "./move-targets";
import { steerRollout } from "./steer-rollout";

/** Leaves one device out that has not been told yet. @throws not_found, forbidden, conflict when it has been told */
export async function skipTarget({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, deviceId, reason } = parseInput(rolloutTargetSchema, input);
  return steerRollout(ctx, {
    id,
    reason,
    action: "rollout.device_skipped",
    also: async (tx) => {
      const skipped = await moveTargets(
        tx,
        ctx.now,
        Prisma.sql`UPDATE rollout_target t SET state = 'skipped', reason = 'by_person', error = ${reason}, state_at = ${ctx.now}::timestamptz,
            finished_at = ${ctx.now}::timestamptz
          FROM device d WHERE d.id = t.device_key AND d.device_id = ${deviceId} AND t.rollout_id = ${id}::uuid AND t.state IN ('pending', 'held')`,
      );
      if (skipped === 0) throw new AppError("conflict", `${deviceId} does not wait in this rollout.`);
      return { deviceId };
    },
  });
}
