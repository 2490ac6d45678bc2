import { inTransaction } from "@/server/db/in-transaction";
import { setGroupActiveSchema } from "@/server/domain/groups/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { announceGroups } from "./announce-groups";
import { findEditableGroup, lockGroups } from "./find-group";
import { withSubgroups } from "./with-subgroups";

/**
 * Archives a group with its sub-groups, or brings them back. Devices stay in it and go on working; nobody can put
 * another one in. A repeat changes nothing.
 * @throws conflict when it is to come back under a group that is archived
 */
export async function setGroupActive({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ changed: number }> {
  const { id, active } = parseInput(setGroupActiveSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await lockGroups(tx);
    const group = await findEditableGroup(tx, ctx.actor, id);
    const parent = group.parentId === null ? null : await tx.deviceGroup.findUnique({ where: { id: group.parentId } });
    if (active && parent && !parent.active)
      throw new AppError("conflict", `${parent.name} is archived too. Restore it first, or move this group out of it.`);
    const branch = await withSubgroups(tx, [id]);
    const changed = await tx.$executeRaw`
      UPDATE device_group SET active = ${active}, updated_at = greatest(${ctx.now}::timestamptz, updated_at + interval '1 millisecond')
      WHERE id = ANY(${branch}::uuid[]) AND active <> ${active}`;
    if (changed === 0) return { changed };
    await announceGroups(tx, [group.farmId], branch);
    await recordAudit(tx, ctx, [
      {
        action: active ? "group.restored" : "group.archived",
        subjectType: "group",
        subjectId: group.code,
        farmId: group.farmId,
        after: { groups: changed },
      },
    ]);
    return { changed };
  });
}
