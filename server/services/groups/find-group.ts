import type { Actor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import type { DeviceGroup, Prisma } from "@/server/db/generated/client";
import { type GroupNode, nodesById } from "@/server/domain/groups/tree";
import { AppError } from "@/server/errors";
import { farmIdsWith, requireAdmin, requireFarmPermission } from "@/server/services/authorize";

/** Groups the caller may see: those of their farms, and those that span farms. */
export function groupFilter(actor: Actor): Prisma.DeviceGroupWhereInput {
  const farmIds = farmIdsWith(actor, "farm.read");
  return farmIds ? { OR: [{ farmId: null }, { farmId: { in: farmIds } }] } : {};
}

/**
 * Lets one transaction at a time change groups, for rules that span rows: two moves that each look harmless would
 * together make a circle. Call it before anything is read. Devices are put into groups meanwhile as ever.
 */
export async function lockGroups(tx: Transaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE device_group IN SHARE ROW EXCLUSIVE MODE`;
}

/**
 * Loads one group for a verb that changes it.
 * @throws not_found outside the caller's farms, forbidden when their role does not allow it
 */
export async function findEditableGroup(tx: Transaction, actor: Actor, id: string): Promise<DeviceGroup> {
  const group = await tx.deviceGroup.findFirst({ where: { id, ...groupFilter(actor) } });
  if (!group) throw new AppError("not_found", "There is no such group on your farms.");
  requireGroupEdit(actor, group.farmId);
  return group;
}

/** @throws forbidden or not_found unless the caller may change groups of this farm; what spans farms is for admins. */
export function requireGroupEdit(actor: Actor, farmId: string | null): void {
  if (farmId === null) requireAdmin(actor);
  else requireFarmPermission(actor, farmId, "group.edit");
}

/** The tree as far as the caller sees it, for the rules in server/domain/groups. */
export async function loadNodes(tx: Transaction, actor: Actor): Promise<Map<string, GroupNode>> {
  const select = { id: true, name: true, parentId: true, farmId: true, active: true } as const;
  return nodesById(await tx.deviceGroup.findMany({ where: groupFilter(actor), select }));
}
