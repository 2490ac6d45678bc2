import { Prisma } from "@/server/db/generated/client";
import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { steerRollout } from "./steer-rollout";

/** Tells nobody anything new; devices that have been told go on. @throws not_found, forbidden, conflict */
export async function pauseRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  const { name } = requireUser(ctx.actor);
  const stop = JSON.stringify({ by: name, reason });
  return steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.paused",
    to: "paused",
    set: () => Prisma.sql`paused_at = ${ctx.now}::timestamptz, stop = ${stop}::jsonb`,
  });
}
