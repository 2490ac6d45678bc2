import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface TagView {
  id: string;
  name: string;
  color: number;
  /** The caller's devices with it that are not retired. */
  deviceCount: number;
}

/** Every tag by name, with the number of the caller's devices: one query. */
export async function listTags({ ctx }: { ctx: ServiceContext }): Promise<TagView[]> {
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const rows = await ctx.db.$queryRaw<(Omit<TagView, "deviceCount"> & { deviceCount: bigint })[]>`
    SELECT t.id, t.name, t.color, count(d.id) AS "deviceCount"
    FROM device_tag t
    LEFT JOIN "_device_tag_rel" r ON r."B" = t.id
    LEFT JOIN device d ON d.id = r."A" AND d.lifecycle <> 'decommissioned'
      AND (${farmIds ?? null}::uuid[] IS NULL OR d.farm_id = ANY(${farmIds ?? []}::uuid[]))
    GROUP BY t.id ORDER BY lower(t.name)`;
  return rows.map((row) => ({ ...row, deviceCount: Number(row.deviceCount) }));
}
