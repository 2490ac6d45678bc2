import type { Actor } from "@/server/actor";
import type { Database } from "@/server/db/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { ONLINE } from "@/server/services/health/rules-sql";
import { allows, farmIdsWith, requireUser } from "@/server/services/authorize";

/** A group as trees and pages show it. Counts are of the caller's devices that are not retired. */
export interface GroupView {
  id: string;
  name: string;
  code: string;
  description: string | null;
  farmId: string | null;
  farmName: string | null;
  parentId: string | null;
  /** Names from the top of the tree down to its own. */
  path: string[];
  /** 0 = top level. */
  depth: number;
  deviceType: DeviceType | null;
  color: number;
  sequence: number;
  active: boolean;
  healthCheckIntervalSeconds: number;
  offlineAlertThreshold: number;
  updatedAt: Date;
  deviceCount: number;
  onlineCount: number;
  /** Its sub-groups' devices too, archived ones included. */
  totalDeviceCount: number;
  totalOnlineCount: number;
  /** Whether the caller may change it. */
  editable: boolean;
}

type GroupRow = Omit<GroupView, "editable" | "deviceCount" | "onlineCount" | "totalDeviceCount" | "totalOnlineCount"> &
  Record<"deviceCount" | "onlineCount" | "totalDeviceCount" | "totalOnlineCount", bigint>;

/**
 * Every group the caller sees, in the tree's order, with counts rolled up the tree: one statement. What spans farms
 * comes first, then each farm's by its own order.
 * @param farmId only this farm's groups, those that span farms, and counts of this farm's devices
 */
export async function readGroups(db: Database, actor: Actor, farmId?: string): Promise<GroupView[]> {
  const user = requireUser(actor);
  const allowed = farmIdsWith(actor, "farm.read");
  const farmIds = farmId ? (!allowed || allowed.includes(farmId) ? [farmId] : []) : allowed;
  const rows = await db.$queryRaw<GroupRow[]>`
    WITH RECURSIVE visible AS (
      SELECT g.*, f.name AS farm_name, row_number() OVER (
        PARTITION BY g.parent_id ORDER BY f.name NULLS FIRST, g.farm_id, g.sequence, lower(g.name), g.id) AS rank
      FROM device_group g LEFT JOIN farm f ON f.id = g.farm_id
      WHERE g.farm_id IS NULL OR ${farmIds ?? null}::uuid[] IS NULL OR g.farm_id = ANY(${farmIds ?? []}::uuid[])
    ), tree AS (
      SELECT id, ARRAY[id] AS ids, ARRAY[name] AS path, ARRAY[rank] AS place FROM visible WHERE parent_id IS NULL
      UNION ALL
      SELECT v.id, t.ids || v.id, t.path || v.name, t.place || v.rank FROM visible v JOIN tree t ON v.parent_id = t.id
    ), own AS (
      SELECT d.group_id, count(*) AS devices, count(*) FILTER (
        WHERE ${ONLINE}) AS online
      FROM device d JOIN device_state s ON s.device_key = d.id
      WHERE d.group_id IS NOT NULL AND d.lifecycle <> 'decommissioned'
        AND (${farmIds ?? null}::uuid[] IS NULL OR d.farm_id = ANY(${farmIds ?? []}::uuid[]))
      GROUP BY d.group_id
    ), total AS (
      SELECT above.id, sum(own.devices)::bigint AS devices, sum(own.online)::bigint AS online
      FROM tree CROSS JOIN unnest(tree.ids) AS above(id) JOIN own ON own.group_id = tree.id
      GROUP BY above.id
    )
    SELECT v.id, v.name, v.code, v.description, v.farm_id AS "farmId", v.farm_name AS "farmName", v.parent_id AS "parentId",
      t.path, cardinality(t.ids) - 1 AS depth, v.device_type::text AS "deviceType", v.color, v.sequence, v.active,
      v.health_check_interval_seconds AS "healthCheckIntervalSeconds", v.offline_alert_threshold AS "offlineAlertThreshold",
      v.updated_at AS "updatedAt", coalesce(own.devices, 0) AS "deviceCount", coalesce(own.online, 0) AS "onlineCount",
      coalesce(total.devices, 0) AS "totalDeviceCount", coalesce(total.online, 0) AS "totalOnlineCount"
    FROM tree t JOIN visible v ON v.id = t.id LEFT JOIN own ON own.group_id = t.id LEFT JOIN total ON total.id = t.id
    ORDER BY t.place`;
  const mayEdit = (groupFarmId: string | null) => (groupFarmId === null ? user.isAdmin : allows(actor, groupFarmId, "group.edit"));
  return rows.map((row) => ({
    ...row,
    deviceCount: Number(row.deviceCount),
    onlineCount: Number(row.onlineCount),
    totalDeviceCount: Number(row.totalDeviceCount),
    totalOnlineCount: Number(row.totalOnlineCount),
    editable: mayEdit(row.farmId),
  }));
}
