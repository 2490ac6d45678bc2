import { Prisma } from "@/server/db/generated/client";
import { commandRolloutSchema } from "@/server/domain/rollouts/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { steerRollout } from "./steer-rollout";

/**
 * Goes on. What has failed until now has been seen: only new failures stop it again (a new baseline, DESIGN 7).
 * @throws not_found, forbidden, conflict
 */
export async function resumeRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { id, version, reason } = parseInput(commandRolloutSchema, input);
  const resolved = (states: Prisma.Sql) => Prisma.sql`(SELECT count(*) FROM rollout_target t
    WHERE t.rollout_id = rollout.id AND t.position = rollout.current_stage AND NOT t.superseded AND t.state IN ${states})`;
  return steerRollout(ctx, {
    id,
    version,
    reason,
    action: "rollout.resumed",
    to: "in_progress",
    also: (_, { state }) => {
      // What is only scheduled is begun by the tick, at its time.
      if (state !== "paused") throw new AppError("conflict", "Only a rollout that is paused is resumed.");
      return Promise.resolve(undefined);
    },
    set: () => Prisma.sql`paused_at = NULL, stop = NULL, baseline_completed = ${resolved(Prisma.sql`('completed')`)},
      baseline_failed = ${resolved(Prisma.sql`('failed', 'rolled_back', 'timed_out')`)}`,
  });
}
