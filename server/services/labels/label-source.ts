import { Prisma } from "@/server/db/generated/client";
import { formatDeviceId } from "@/server/domain/devices/device-id";
import { deviceFilterSchema } from "@/server/domain/devices/list-schema";
import type { LabelSource } from "@/server/domain/labels/schema";
import { AppError } from "@/server/errors";
import { farmFilter, farmIdsWith, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { filterSql } from "@/server/services/devices/list/filter-sql";
import { groupFilter } from "@/server/services/groups/find-group";
import { requireImport } from "@/server/services/imports/require-import";

/** Which devices a source means: those that match, or those that are named (registered, or reserved). */
export type LabelAim =
  | { condition: Prisma.Sql }
  | {
      deviceIds: string[];
      /** Where the caller may print; `undefined` = everywhere. */
      farmIds: string[] | undefined;
    };

/** Retired devices are not labelled unless they are named. */
const IN_SERVICE = deviceFilterSchema.parse({ lifecycles: ["draft", "provisioned", "active", "maintenance"] });

/**
 * Turns a source into what the database is asked, narrowed to the farms where the caller may print.
 * @throws not_found, forbidden
 */
export async function aimOf(ctx: ServiceContext, source: LabelSource): Promise<LabelAim> {
  const farmIds = farmIdsWith(ctx.actor, "device.provision");
  const mayNowhere = farmIds?.length === 0;
  switch (source.kind) {
    case "devices":
      if (mayNowhere) throw new AppError("forbidden", "Your role does not allow printing labels.");
      return { deviceIds: source.deviceIds.map((id) => id.trim().toUpperCase()), farmIds };
    case "filter": {
      if (mayNowhere) throw new AppError("forbidden", "Your role does not allow printing labels.");
      const chosen = filterSql(source.filter, farmIds);
      return { condition: Prisma.sql`${chosen} AND NOT d.device_id = ANY(${source.except}::text[])` };
    }
    case "group": {
      const group = await ctx.db.deviceGroup.findFirst({ where: { id: source.groupId, ...groupFilter(ctx.actor) } });
      if (!group) throw new AppError("not_found", "There is no such group on your farms.");
      if (group.farmId) requireFarmPermission(ctx.actor, group.farmId, "device.provision");
      else if (mayNowhere) throw new AppError("forbidden", "Your role does not allow printing labels.");
      return { condition: filterSql({ ...IN_SERVICE, groupIds: [group.id] }, farmIds) };
    }
    case "block": {
      const block = await ctx.db.deviceIdBlock.findFirst({ where: { id: source.blockId, ...farmFilter(ctx.actor, "device.read") } });
      if (!block) throw new AppError("not_found", "There is no such block of IDs on your farms.");
      requireFarmPermission(ctx.actor, block.farmId, "device.provision");
      if (block.releasedAt) throw new AppError("conflict", "These IDs are released; others may have them by now.");
      const count = block.lastNumber - block.firstNumber + 1;
      const deviceIds = Array.from({ length: count }, (_, index) => formatDeviceId(block.prefix, block.firstNumber + index));
      return { deviceIds, farmIds: [block.farmId] };
    }
    case "import": {
      await requireImport(ctx.db, ctx.actor, source.importId);
      if (mayNowhere) throw new AppError("forbidden", "Your role does not allow printing labels.");
      const created = Prisma.sql`SELECT device_key FROM import_row
        WHERE import_id = ${source.importId}::uuid AND verdict = 'create' AND failure IS NULL`;
      return { condition: Prisma.sql`${filterSql(IN_SERVICE, farmIds)} AND d.id IN (${created})` };
    }
    case "reprint": {
      const print = await ctx.db.labelPrint.findFirst({ where: { id: source.printId, ...farmFilter(ctx.actor, "device.read") } });
      if (!print) throw new AppError("not_found", "There is no such print on your farms.");
      requireFarmPermission(ctx.actor, print.farmId, "device.provision");
      return { deviceIds: print.deviceIds, farmIds: [print.farmId] };
    }
  }
}
