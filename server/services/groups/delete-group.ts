import { inTransaction } from "@/server/db/in-transaction";
import { groupIdSchema } from "@/server/domain/groups/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { announceGroups } from "./announce-groups";
import { findEditableGroup, lockGroups } from "./find-group";

/** Deletes a group that is empty; retired devices do not count. @throws conflict when it holds devices or sub-groups */
export async function deleteGroup({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id } = parseInput(groupIdSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    await lockGroups(tx);
    const group = await findEditableGroup(tx, ctx.actor, id);
    // Whoever is about to put a device in holds the row; after them we see the device.
    await tx.$queryRaw`SELECT 1 FROM device_group WHERE id = ${id}::uuid FOR UPDATE`;
    const [children, devices] = [
      await tx.deviceGroup.count({ where: { parentId: id } }),
      await tx.device.count({ where: { groupId: id, lifecycle: { not: "decommissioned" } } }),
    ];
    if (children + devices > 0) {
      const what = [amountOf(devices, "device"), amountOf(children, "sub-group")].filter(Boolean).join(" and ");
      throw new AppError("conflict", `${group.name} holds ${what}. Move them out, or archive the group.`);
    }
    await tx.deviceGroup.delete({ where: { id } });
    await announceGroups(tx, [group.farmId], [id]);
    await recordAudit(tx, ctx, [
      { action: "group.deleted", subjectType: "group", subjectId: group.code, farmId: group.farmId, before: { name: group.name } },
    ]);
  });
}

function amountOf(count: number, noun: string): string {
  if (count === 0) return "";
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
