import { inTransaction } from "@/server/db/in-transaction";
import { updateFarmSchema } from "@/server/domain/farms/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { FARM_INCLUDE, toFarmView, type FarmView } from "./views";

/** Changes a farm and replaces its milking sessions. @throws conflict when it was edited meanwhile or the code is taken */
export async function updateFarm({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FarmView> {
  const { id, version, milkingSessions, ...farm } = parseInput(updateFarmSchema, input);
  requireFarmPermission(ctx.actor, id, "farm.edit");
  return inTransaction(ctx.db, async (tx) => {
    const before = await tx.farm.findUnique({ where: { id }, include: FARM_INCLUDE });
    if (!before) throw new AppError("not_found", "There is no such farm among yours.");
    if ((await tx.farm.count({ where: { code: farm.code, id: { not: id } } })) > 0)
      throw fieldError("conflict", "code", `A farm with the code ${farm.code} exists already`);
    // Loses to an edit that was committed after the form was loaded.
    const { count } = await tx.farm.updateMany({ where: { id, version }, data: { ...farm, version: { increment: 1 } } });
    if (count === 0)
      throw new AppError("conflict", "Somebody else has changed this farm meanwhile. Reload to see their changes; yours were not saved.");
    await tx.milkingSession.deleteMany({ where: { farmId: id } });
    await tx.milkingSession.createMany({ data: milkingSessions.map((session) => ({ ...session, farmId: id })) });
    const after = await tx.farm.findUniqueOrThrow({ where: { id }, include: FARM_INCLUDE });
    await announce(tx, { topic: "farms", farmIds: [id], ids: [id] });
    await recordAudit(tx, ctx, [
      {
        action: "farm.edited",
        subjectType: "farm",
        subjectId: after.code,
        farmId: id,
        before: toFarmView(before),
        after: toFarmView(after),
      },
    ]);
    return toFarmView(after);
  });
}
