import { inTransaction } from "@/server/db/in-transaction";
import { PLACEMENT_REFUSALS, placementRefusal } from "@/server/domain/groups/policy";
import { createGroupSchema } from "@/server/domain/groups/schema";
import { fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { requireFarm } from "@/server/services/farms/require-farm";
import { parseInput } from "@/server/services/parse";
import { announceGroups } from "./announce-groups";
import { loadNodes, lockGroups, requireGroupEdit } from "./find-group";
import { refuseTakenCode } from "./refuse-taken-code";

/** Room between two groups, so that one can be put between them by hand. */
const STEP = 10;

/**
 * Adds a group, last among its neighbours unless a `sequence` is given (specification Task 1.3).
 * @throws conflict at `code` when it is taken, invalid_input or not_found at `parentId` when it may not stand there
 */
export async function createGroup({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const group = parseInput(createGroupSchema, input);
  requireGroupEdit(ctx.actor, group.farmId);
  return inTransaction(ctx.db, async (tx) => {
    await lockGroups(tx);
    if (group.farmId) await requireFarm(tx, group.farmId);
    await refuseTakenCode(tx, group.code);
    const nodes = await loadNodes(tx, ctx.actor);
    const refusal = placementRefusal(nodes, group, group.parentId);
    if (refusal) throw fieldError(refusal === "unknown_parent" ? "not_found" : "invalid_input", "parentId", PLACEMENT_REFUSALS[refusal]);
    const last = await tx.deviceGroup.aggregate({ where: { parentId: group.parentId, farmId: group.farmId }, _max: { sequence: true } });
    const row = await tx.deviceGroup.create({
      data: { ...group, sequence: group.sequence ?? (last._max.sequence ?? 0) + STEP, updatedAt: ctx.now },
    });
    await announceGroups(tx, [row.farmId], [row.id]);
    await recordAudit(tx, ctx, [
      { action: "group.created", subjectType: "group", subjectId: row.code, farmId: row.farmId, after: { ...group, id: row.id } },
    ]);
    return { id: row.id };
  });
}
