import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { AppError } from "@/server/errors";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { steerRollout } from "./steer-rollout";

/** Lets the stage that waits for somebody go on. @throws not_found, forbidden, conflict when no stage waits */
export async function approveStage({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  const { userId } = requireUser(ctx.actor);
  return steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.stage_approved",
    also: async (tx, { state, currentStage }) => {
      const { count } = await tx.rolloutStage.updateMany({
        where: { rolloutId: id, position: currentStage, state: "awaiting_approval", approvedAt: null },
        data: { approvedAt: ctx.now, approvedById: userId },
      });
      if (state !== "in_progress" || count === 0) throw new AppError("conflict", "No stage waits for approval.");
      return { stage: currentStage };
    },
  });
}
