import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { idBlockSchema } from "@/server/domain/devices/id-block";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { holdDeviceIds } from "./hold-device-ids";
import { readBlocks } from "./list-id-blocks";

/**
 * Gives the unused IDs of a block back: from then on they are given out like any others. Labels that carry them should
 * be thrown away first.
 * @returns how many IDs became free
 * @throws not_found, forbidden, conflict (already released)
 */
export async function releaseDeviceIds({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ released: number }> {
  const { blockId } = parseInput(idBlockSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const block = await tx.deviceIdBlock.findFirst({ where: { id: blockId, ...farmFilter(ctx.actor, "device.read") } });
    if (!block) throw new AppError("not_found", "There is no such block of IDs on your farms.");
    requireFarmPermission(ctx.actor, block.farmId, "device.provision");
    await holdDeviceIds(tx, [block.prefix], "counting");
    // Loses to whoever released it first.
    const { count } = await tx.deviceIdBlock.updateMany({ where: { id: blockId, releasedAt: null }, data: { releasedAt: ctx.now } });
    if (count === 0) throw new AppError("conflict", "These IDs are released already.");
    const [row] = await readBlocks(tx, Prisma.sql`b.id = ${blockId}::uuid`);
    const released = block.lastNumber - block.firstNumber + 1 - (row?.used ?? 0);
    await announce(tx, { topic: "labels", farmIds: [block.farmId], ids: [blockId] });
    await recordAudit(tx, ctx, [
      { action: "device_ids.released", subjectType: "device_id_block", subjectId: blockId, farmId: block.farmId, after: { released } },
    ]);
    return { released };
  });
}
