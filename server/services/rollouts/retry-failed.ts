import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { canMoveRollout } from "@/server/domain/rollouts/transitions";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { steerRollout } from "./steer-rollout";

/**
 * A new attempt for every device whose last one failed. The former attempt stays as it ended and counts no more.
 * @throws not_found, forbidden, conflict when the rollout has ended or nothing has failed
 */
export async function retryFailed({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  return steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.retried",
    also: async (tx, { state }) => {
      if (!canMoveRollout(state, "cancelled")) throw new AppError("conflict", "The rollout has ended; create a new one for these devices.");
      const devices = await tx.$executeRaw`
        WITH former AS (
          UPDATE rollout_target SET superseded = true
          WHERE rollout_id = ${id}::uuid AND NOT superseded AND state IN ('failed', 'rolled_back', 'timed_out')
          RETURNING rollout_id, position, device_key, firmware_id, attempt, cohort, from_version
        )
        INSERT INTO rollout_target (rollout_id, position, device_key, firmware_id, attempt, cohort, from_version, state_at)
        SELECT rollout_id, position, device_key, firmware_id, attempt + 1, cohort, from_version, ${ctx.now}::timestamptz FROM former`;
      if (devices === 0) throw new AppError("conflict", "No device has failed.");
      return { devices };
    },
  });
}
