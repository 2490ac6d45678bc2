import { inTransaction } from "@/server/db/in-transaction";
import { createFarmSchema } from "@/server/domain/farms/schema";
import { fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { FARM_INCLUDE, toFarmView, type FarmView } from "./views";

/** Adds a farm. @throws conflict at `code` when it is taken */
export async function createFarm({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FarmView> {
  requireAdmin(ctx.actor);
  const { milkingSessions, ...farm } = parseInput(createFarmSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    if ((await tx.farm.count({ where: { code: farm.code } })) > 0)
      throw fieldError("conflict", "code", `A farm with the code ${farm.code} exists already`);
    const row = await tx.farm.create({ data: { ...farm, milkingSessions: { create: milkingSessions } }, include: FARM_INCLUDE });
    await announce(tx, { topic: "farms", farmIds: [row.id], ids: [row.id] });
    await recordAudit(tx, ctx, [
      { action: "farm.created", subjectType: "farm", subjectId: row.code, farmId: row.id, after: { ...farm, milkingSessions } },
    ]);
    return toFarmView(row);
  });
}
