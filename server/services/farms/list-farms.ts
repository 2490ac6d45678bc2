import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { FARM_INCLUDE, toFarmView, type FarmView } from "./views";

/** The caller's farms by name, with the number of devices in service on each. */
export async function listFarms({ ctx }: { ctx: ServiceContext }): Promise<FarmView[]> {
  const farmIds = farmIdsWith(ctx.actor, "farm.read");
  const rows = await ctx.db.farm.findMany({
    where: farmIds ? { id: { in: farmIds } } : {},
    include: FARM_INCLUDE,
    orderBy: { name: "asc" },
  });
  return rows.map(toFarmView);
}
