import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { standsStill } from "@/server/domain/rollouts/transitions";
import { AppError } from "@/server/errors";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { planRollback, type RollbackPlan } from "./plan-rollback";
import { steerRollout } from "./steer-rollout";

/**
 * Sends back every device that a rollout has updated (specification Task 2.1 `rollback_device`, day 668). The rollout
 * must not go on meanwhile: pause or cancel it first.
 * @throws not_found, forbidden, conflict while it is in progress or when there is nobody to send back
 */
export async function rollBackRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<RollbackPlan> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  const { userId } = requireUser(ctx.actor);
  let plan: RollbackPlan | undefined;
  await steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.rolled_back",
    also: async (tx, { state }) => {
      if (!standsStill(state)) throw new AppError("conflict", "Pause or cancel the rollout first; then send its devices back.");
      plan = await planRollback(tx, { rolloutId: id, position: null, createdById: userId, now: ctx.now });
      if (!plan)
        throw new AppError("conflict", "There is no device to send back: none was updated, or what they ran before is not kept here.");
      return { rollback: plan.id, devices: plan.devices, stranded: plan.stranded };
    },
  });
  if (!plan) throw new Error("a rollback has no plan");
  return plan;
}
