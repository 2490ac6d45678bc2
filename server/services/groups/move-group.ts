import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { mayPrecede, PLACEMENT_REFUSALS, placementRefusal } from "@/server/domain/groups/policy";
import { moveGroupSchema } from "@/server/domain/groups/schema";
import { fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { parseInput } from "@/server/services/parse";
import { announceGroups } from "./announce-groups";
import { findEditableGroup, loadNodes, lockGroups } from "./find-group";

/**
 * Puts a group, with everything below it, under another parent or elsewhere among its neighbours. Only neighbours of
 * the same farm are numbered anew. Moving is no edit: it does not spoil a form that somebody has open.
 * @throws invalid_input at `parentId` (its own sub-group, another farm, archived, too deep) or at `beforeId`
 */
export async function moveGroup({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id, parentId, beforeId } = parseInput(moveGroupSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    await lockGroups(tx);
    const group = await findEditableGroup(tx, ctx.actor, id);
    const nodes = await loadNodes(tx, ctx.actor);
    const refusal = placementRefusal(nodes, group, parentId);
    if (refusal) throw fieldError(refusal === "unknown_parent" ? "not_found" : "invalid_input", "parentId", PLACEMENT_REFUSALS[refusal]);
    if (beforeId !== null && !mayPrecede(group, parentId, nodes.get(beforeId)))
      throw fieldError("invalid_input", "beforeId", "Groups can be ordered only among groups of the same farm and parent");
    await tx.$executeRaw`
      WITH siblings AS (
        SELECT id, row_number() OVER (ORDER BY sequence, lower(name), id) AS rank FROM device_group
        WHERE parent_id IS NOT DISTINCT FROM ${parentId}::uuid AND farm_id IS NOT DISTINCT FROM ${group.farmId}::uuid AND id <> ${id}::uuid
      ), gap AS (
        SELECT coalesce((SELECT rank FROM siblings WHERE id = ${beforeId}::uuid), (SELECT count(*) + 1 FROM siblings)) AS rank
      ), numbered AS (
        SELECT s.id, s.rank + CASE WHEN s.rank >= gap.rank THEN 1 ELSE 0 END AS rank FROM siblings s CROSS JOIN gap
        UNION ALL SELECT ${id}::uuid, rank FROM gap
      )
      UPDATE device_group g SET parent_id = ${parentId}::uuid, sequence = numbered.rank * 10 FROM numbered WHERE g.id = numbered.id`;
    // What is below it inherits from other groups now.
    if (parentId !== group.parentId) await applyHealthRules(tx, Prisma.sql`d.group_id IS NOT NULL`);
    await announceGroups(tx, [group.farmId], [id]);
    const nameOf = (nodeId: string | null) => (nodeId === null ? null : (nodes.get(nodeId)?.name ?? null));
    await recordAudit(tx, ctx, [
      {
        action: "group.moved",
        subjectType: "group",
        subjectId: group.code,
        farmId: group.farmId,
        before: { parent: nameOf(group.parentId) },
        after: { parent: nameOf(parentId), before: nameOf(beforeId) },
      },
    ]);
  });
}
