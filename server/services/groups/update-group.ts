import type { Transaction } from "@/server/db/client";
import type { DeviceGroup } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { PLACEMENT_REFUSALS, placementRefusal } from "@/server/domain/groups/policy";
import { updateGroupSchema } from "@/server/domain/groups/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { requireFarm } from "@/server/services/farms/require-farm";
import { parseInput } from "@/server/services/parse";
import { announceGroups } from "./announce-groups";
import { findEditableGroup, loadNodes, lockGroups, requireGroupEdit } from "./find-group";
import { refuseTakenCode } from "./refuse-taken-code";

interface NewRules {
  farmId: string | null;
  deviceType: DeviceType | null;
}

/**
 * Changes what is known about a group; its place is changed by moving it. Farm and type filter cannot be narrowed past
 * the devices and sub-groups that are in it.
 * @throws conflict when it was edited since `updatedAt` was read, or at `code`, `farmId`, `deviceType`
 */
export async function updateGroup({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string; updatedAt: Date }> {
  const { id, updatedAt, ...fields } = parseInput(updateGroupSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await lockGroups(tx);
    const before = await findEditableGroup(tx, ctx.actor, id);
    if (before.updatedAt.getTime() !== updatedAt.getTime())
      throw new AppError("conflict", "Somebody else has changed this group meanwhile. Reload to see their changes; yours were not saved.");
    if (fields.farmId !== before.farmId) requireGroupEdit(ctx.actor, fields.farmId);
    await refuseTakenCode(tx, fields.code, id);
    if (fields.farmId !== before.farmId) await refuseFarm(tx, ctx, before, fields.farmId);
    await refuseUnfitMembers(tx, before, fields);
    const now = laterThan(before.updatedAt, ctx.now);
    await tx.deviceGroup.update({ where: { id }, data: { ...fields, updatedAt: now } });
    const changed = Object.entries(fields).filter(([key, value]) => value !== undefined && before[key as keyof typeof fields] !== value);
    await announceGroups(tx, [before.farmId, fields.farmId], [id]);
    await recordAudit(tx, ctx, [
      {
        action: "group.edited",
        subjectType: "group",
        subjectId: fields.code,
        farmId: fields.farmId,
        before: Object.fromEntries(changed.map(([key]) => [key, before[key as keyof typeof fields]])),
        after: Object.fromEntries(changed),
      },
    ]);
    return { id, updatedAt: now };
  });
}

async function refuseFarm(tx: Transaction, ctx: ServiceContext, group: DeviceGroup, farmId: string | null): Promise<void> {
  if (farmId) await requireFarm(tx, farmId);
  const nodes = await loadNodes(tx, ctx.actor);
  const refusal = placementRefusal(nodes, { id: group.id, farmId }, group.parentId);
  if (refusal === "other_farm") throw fieldError("conflict", "farmId", `${PLACEMENT_REFUSALS[refusal]}; move this one first`);
  const strangers = [...nodes.values()].filter((node) => node.parentId === group.id && node.farmId !== farmId);
  if (farmId !== null && strangers.length > 0)
    throw fieldError("conflict", "farmId", `Its sub-group ${strangers[0]?.name} does not belong to that farm; move it first`);
}

/** Devices of former days do not count: they no longer work here. */
async function refuseUnfitMembers(tx: Transaction, group: DeviceGroup, { farmId, deviceType }: NewRules): Promise<void> {
  const members = { groupId: group.id, lifecycle: { not: "decommissioned" as const } };
  if (farmId !== null && farmId !== group.farmId) {
    const count = await tx.device.count({ where: { ...members, farmId: { not: farmId } } });
    if (count > 0) throw fieldError("conflict", "farmId", `${amount(count)} in it on other farms; take them out first`);
  }
  if (deviceType !== null && deviceType !== group.deviceType) {
    const count = await tx.device.count({ where: { ...members, type: { not: deviceType } } });
    if (count > 0)
      throw fieldError(
        "conflict",
        "deviceType",
        `${amount(count)} in it no ${DEVICE_TYPE_FACTS[deviceType].plural.toLowerCase()}; take them out first`,
      );
  }
}

function amount(count: number): string {
  return count === 1 ? "1 device is" : `${count} devices are`;
}

/** An edit within the same millisecond must still show. */
function laterThan(before: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), before.getTime() + 1));
}
