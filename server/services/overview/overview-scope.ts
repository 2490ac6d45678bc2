import { Prisma } from "@/server/db/generated/client";
import type { Database } from "@/server/db/client";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

/** The farms an overview is about. `undefined` = every farm, and what belongs to none. */
export type OverviewScope = readonly string[] | undefined;

/** The caller's farms, or the one they ask for when it is theirs; of a stranger's farm there is nothing to see. */
export function overviewScope({ actor }: Pick<ServiceContext, "actor">, farmId: string | undefined): OverviewScope {
  const allowed = farmIdsWith(actor, "device.read");
  if (!farmId) return allowed;
  return !allowed || allowed.includes(farmId) ? [farmId] : [];
}

/** @param column the farm's id of the row */
export function inScopeSql(column: Prisma.Sql, scope: OverviewScope): Prisma.Sql {
  return scope ? Prisma.sql`${column} = ANY(${scope}::uuid[])` : Prisma.sql`true`;
}

/** The time zone in which days are counted: the farm's own, or the one that most of the farms share. */
export async function timeZoneOf(db: Database, scope: OverviewScope): Promise<string> {
  const [row] = await db.$queryRaw<{ timeZone: string }[]>`
    SELECT time_zone AS "timeZone" FROM farm WHERE ${inScopeSql(Prisma.sql`id`, scope)}
    GROUP BY 1 ORDER BY count(*) DESC, min(code) LIMIT 1`;
  return row?.timeZone ?? "UTC";
}
