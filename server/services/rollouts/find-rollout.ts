import type { Transaction } from "@/server/db/client";
import type { RolloutKind, RolloutState } from "@/server/domain/rollouts/vocabulary";
import { AppError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface FoundRollout {
  id: string;
  name: string;
  kind: RolloutKind;
  state: RolloutState;
  farmIds: string[];
  firmwareId: string | null;
  currentStage: number;
  version: number;
}

/**
 * A rollout that the caller may steer, locked until the transaction ends. It takes the right on every farm it touches:
 * whoever stops it stops it for all of them.
 * @param version the one that was looked at; left out = whatever it is
 * @throws not_found when none of its devices is on the caller's farms, forbidden, conflict when it has changed since
 */
export async function lockRollout(tx: Transaction, ctx: ServiceContext, id: string, version?: number): Promise<FoundRollout> {
  const [rollout] = await tx.$queryRaw<FoundRollout[]>`
    SELECT id, name, kind::text, state::text, farm_ids AS "farmIds", firmware_id AS "firmwareId", current_stage AS "currentStage", version
    FROM rollout WHERE id = ${id}::uuid FOR UPDATE`;
  const visible = farmIdsWith(ctx.actor, "device.read");
  if (!rollout || (visible && !rollout.farmIds.some((farmId) => visible.includes(farmId)))) {
    throw new AppError("not_found", "There is no such rollout on your farms.");
  }
  const allowed = farmIdsWith(ctx.actor, "rollout.manage");
  if (allowed && !rollout.farmIds.every((farmId) => allowed.includes(farmId))) {
    throw new AppError("forbidden", "The rollout touches farms on which your role does not allow this.");
  }
  if (version !== undefined && version !== rollout.version) {
    throw new AppError("conflict", "The rollout has gone on meanwhile. Look at it again.");
  }
  return rollout;
}
