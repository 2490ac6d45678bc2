import type { Transaction } from "@/server/db/client";
import type { BulkActionInput } from "@/server/domain/bulk/schema";
import { BULK_KIND_FACTS } from "@/server/domain/bulk/vocabulary";
import { milkingAt } from "@/server/domain/farms/milking";
import { fieldError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import type { VerdictFacts } from "./verdict-sql";

/**
 * What the judgement of a bulk action needs, in two statements at most.
 * @throws not_found on the group or tag that is not the caller's to use
 */
export async function gatherFacts(tx: Transaction, ctx: ServiceContext, action: BulkActionInput): Promise<VerdictFacts> {
  const visibleFarmIds = farmIdsWith(ctx.actor, "device.read");
  const facts: VerdictFacts = {
    visibleFarmIds,
    allowedFarmIds: farmIdsWith(ctx.actor, BULK_KIND_FACTS[action.kind].permission),
    milkingFarmIds: [],
    group: null,
  };
  if (action.kind === "set_group" && action.params.groupId) {
    const group = await tx.deviceGroup.findFirst({
      where: {
        id: action.params.groupId,
        active: true,
        ...(visibleFarmIds ? { OR: [{ farmId: null }, { farmId: { in: visibleFarmIds } }] } : {}),
      },
      select: { farmId: true, deviceType: true },
    });
    if (!group) throw fieldError("not_found", "action.params.groupId", "There is no such group");
    return { ...facts, group };
  }
  if (action.kind === "restart" && !action.params.force) {
    const farms = await tx.farm.findMany({
      where: { milkingSessions: { some: {} }, ...(visibleFarmIds ? { id: { in: visibleFarmIds } } : {}) },
      select: { id: true, timeZone: true, milkingSessions: true },
    });
    const milking = farms.filter((farm) => milkingAt(farm.milkingSessions, farm.timeZone, ctx.now));
    return { ...facts, milkingFarmIds: milking.map((farm) => farm.id) };
  }
  if (action.kind === "add_tags" || action.kind === "remove_tags") {
    const tagIds = [...new Set(action.params.tagIds)];
    if ((await tx.deviceTag.count({ where: { id: { in: tagIds } } })) < tagIds.length)
      throw fieldError("not_found", "action.params.tagIds", "One of these tags does not exist");
  }
  return facts;
}
