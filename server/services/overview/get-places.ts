import { Prisma } from "@/server/db/generated/client";
import { overviewFarmSchema } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { ONLINE } from "@/server/services/health/rules-sql";
import { parseInput } from "@/server/services/parse";
import { inScopeSql, overviewScope } from "./overview-scope";

interface Counted {
  /** Active devices, and how many of them are offline. */
  active: number;
  offline: number;
}

export interface GroupPlace extends Counted {
  /** `null` = the devices of the farm that are in no group. */
  id: string | null;
  name: string | null;
}

export interface FarmPlace extends Counted {
  id: string;
  name: string;
  /** Devices that are not retired, whatever their state. */
  devices: number;
  /** The worst ones; groups with the devices of the groups in them. */
  groups: GroupPlace[];
  /** How many groups have active devices. */
  groupCount: number;
}

export interface Places {
  /** The worst first. */
  farms: FarmPlace[];
  /** How many farms there are, and how many devices are active and offline on all of them. */
  farmCount: number;
  active: number;
  offline: number;
}

const FARMS_SHOWN = 50;
const GROUPS_SHOWN = 8;

/** How many devices are offline on each farm and in each of its groups. One statement. */
export async function getPlaces({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Places> {
  const { farmId } = parseInput(overviewFarmSchema, input);
  const rows = await ctx.db.$queryRaw<(FarmPlace & { farmCount: number; allActive: number; allOffline: number })[]>`
    WITH RECURSIVE own AS MATERIALIZED (
      SELECT d.farm_id, d.group_id, count(*) AS devices, count(*) FILTER (WHERE d.lifecycle = 'active') AS active,
        count(*) FILTER (WHERE d.lifecycle = 'active' AND NOT ${ONLINE}) AS offline
      FROM device d JOIN device_state s ON s.device_key = d.id
      WHERE d.lifecycle <> 'decommissioned' AND ${inScopeSql(Prisma.sql`d.farm_id`, overviewScope(ctx, farmId))}
      GROUP BY 1, 2
    ), above AS (
      SELECT DISTINCT group_id, group_id AS above_id FROM own WHERE group_id IS NOT NULL
      UNION ALL SELECT a.group_id, g.parent_id FROM above a JOIN device_group g ON g.id = a.above_id WHERE g.parent_id IS NOT NULL
    ), places AS (
      SELECT o.farm_id, a.above_id AS group_id, sum(o.active) AS active, sum(o.offline) AS offline, bool_or(a.above_id = a.group_id) AS has_own
      FROM own o JOIN above a ON a.group_id = o.group_id GROUP BY 1, 2
      UNION ALL SELECT farm_id, NULL, active, offline, true FROM own WHERE group_id IS NULL
    ), ranked AS (
      SELECT p.*, g.name, row_number() OVER worst AS place FROM places p LEFT JOIN device_group g ON g.id = p.group_id
      WHERE p.active > 0 AND p.has_own
      WINDOW worst AS (PARTITION BY p.farm_id ORDER BY p.offline DESC, p.active DESC, g.name, p.group_id)
    )
    SELECT f.id, f.name, coalesce(sum(o.devices), 0)::int AS devices, coalesce(sum(o.active), 0)::int AS active,
      coalesce(sum(o.offline), 0)::int AS offline, (count(*) OVER ())::int AS "farmCount",
      (coalesce(sum(sum(o.active)) OVER (), 0))::int AS "allActive", (coalesce(sum(sum(o.offline)) OVER (), 0))::int AS "allOffline",
      (SELECT count(*) FROM ranked r WHERE r.farm_id = f.id AND r.group_id IS NOT NULL)::int AS "groupCount",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.group_id, 'name', r.name, 'active', r.active, 'offline', r.offline)
          ORDER BY r.place), '[]') FROM ranked r WHERE r.farm_id = f.id AND r.place <= ${GROUPS_SHOWN}::int) AS groups
    FROM farm f LEFT JOIN own o ON o.farm_id = f.id
    WHERE ${inScopeSql(Prisma.sql`f.id`, overviewScope(ctx, farmId))}
    GROUP BY f.id ORDER BY offline DESC, active DESC, f.name LIMIT ${FARMS_SHOWN}::int`;
  const [first] = rows;
  return {
    farms: rows.map(({ farmCount: _, allActive: __, allOffline: ___, ...farm }) => farm),
    farmCount: first?.farmCount ?? 0,
    active: first?.allActive ?? 0,
    offline: first?.allOffline ?? 0,
  };
}
