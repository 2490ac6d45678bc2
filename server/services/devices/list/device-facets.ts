import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

/** What the filters of the list offer. */
export interface DeviceFacets {
  firmware: { version: string; count: number }[];
  groups: { id: string; name: string; farmName: string | null }[];
  tags: { id: string; name: string; count: number }[];
}

/** Firmware versions, groups and tags to filter the caller's devices by. Three statements. */
export async function deviceFacets({ ctx }: { ctx: ServiceContext }): Promise<DeviceFacets> {
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const [every, own] = [!farmIds, farmIds ?? []];
  const [firmware, groups, tags] = await Promise.all([
    ctx.db.$queryRaw<{ version: string; count: number }[]>`
      SELECT s.firmware_version AS version, count(*)::int AS count FROM device d JOIN device_state s ON s.device_key = d.id
      WHERE s.firmware_version IS NOT NULL AND d.lifecycle <> 'decommissioned' AND (${every} OR d.farm_id = ANY(${own}::uuid[]))
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50`,
    ctx.db.$queryRaw<{ id: string; name: string; farmName: string | null }[]>`
      SELECT g.id, g.name, f.name AS "farmName" FROM device_group g LEFT JOIN farm f ON f.id = g.farm_id
      WHERE g.active AND (g.farm_id IS NULL OR ${every} OR g.farm_id = ANY(${own}::uuid[])) ORDER BY f.name NULLS FIRST, g.sequence, g.name LIMIT 500`,
    ctx.db.$queryRaw<{ id: string; name: string; count: number }[]>`
      SELECT t.id, t.name, count(d.id)::int AS count FROM device_tag t JOIN "_device_tag_rel" r ON r."B" = t.id JOIN device d ON d.id = r."A"
      WHERE ${every} OR d.farm_id = ANY(${own}::uuid[]) GROUP BY t.id, t.name ORDER BY t.name LIMIT 500`,
  ]);
  return { firmware, groups, tags };
}
