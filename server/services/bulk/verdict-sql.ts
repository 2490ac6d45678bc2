import { Prisma } from "@/server/db/generated/client";
import type { BulkActionInput } from "@/server/domain/bulk/schema";
import type { SkipReason } from "@/server/domain/bulk/vocabulary";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import type { DeviceFilter } from "@/server/domain/devices/list-schema";
import { DEVICE_TABLES, filterSql } from "@/server/services/devices/list/filter-sql";

/** What the judgement depends on besides the device's own row. */
export interface VerdictFacts {
  /** Farms whose devices the caller sees; `undefined` = every farm. */
  visibleFarmIds: readonly string[] | undefined;
  /** Farms on which the caller may do this. */
  allowedFarmIds: readonly string[] | undefined;
  /** Farms in a milking session now. */
  milkingFarmIds: readonly string[];
  group: { farmId: string | null; deviceType: string | null } | null;
}

const ACTUATORS = DEVICE_TYPES.filter((type) => DEVICE_TYPE_FACTS[type].actuator);

/**
 * Rows `id, device_id, farm_id, reason` of the devices aimed at; `reason` is NULL for those the action will change,
 * else one of SKIP_REASONS. One judgement for the preview and for the act itself.
 */
export function verdictSql(
  action: BulkActionInput,
  { filter, except }: { filter: DeviceFilter; except: readonly string[] },
  facts: VerdictFacts,
): Prisma.Sql {
  const checks: [SkipReason, Prisma.Sql][] = [
    ...(facts.allowedFarmIds
      ? [["not_allowed", Prisma.sql`NOT d.farm_id = ANY(${facts.allowedFarmIds}::uuid[])`] satisfies [SkipReason, Prisma.Sql]]
      : []),
    ["decommissioned", Prisma.sql`d.lifecycle = 'decommissioned'`],
    ...checksOf(action, facts),
  ];
  const cases = Prisma.join(
    checks.map(([reason, condition]) => Prisma.sql`WHEN ${condition} THEN ${reason}`),
    " ",
  );
  return Prisma.sql`SELECT d.id, d.device_id, d.farm_id, CASE ${cases} END AS reason FROM ${DEVICE_TABLES}
    WHERE ${filterSql(filter, facts.visibleFarmIds)} AND NOT d.device_id = ANY(${except}::text[])`;
}

function checksOf(action: BulkActionInput, { group, milkingFarmIds }: VerdictFacts): [SkipReason, Prisma.Sql][] {
  switch (action.kind) {
    case "set_group":
      if (!group) return [["in_no_group", Prisma.sql`d.group_id IS NULL`]];
      return [
        ["other_farm", Prisma.sql`d.farm_id <> coalesce(${group.farmId}::uuid, d.farm_id)`],
        ["other_type", Prisma.sql`d.type <> coalesce(${group.deviceType}::device_type, d.type)`],
        ["in_group_already", Prisma.sql`d.group_id = ${action.params.groupId}::uuid`],
      ];
    case "add_tags":
      return [["has_tags_already", Prisma.sql`${tagCount(action.params.tagIds)} = ${new Set(action.params.tagIds).size}`]];
    case "remove_tags":
      return [["has_none_of_the_tags", Prisma.sql`${tagCount(action.params.tagIds)} = 0`]];
    case "start_maintenance":
      return [
        ["in_maintenance_already", Prisma.sql`d.lifecycle = 'maintenance'`],
        ["draft", Prisma.sql`d.lifecycle = 'draft'`],
      ];
    case "end_maintenance":
      return [["not_in_maintenance", Prisma.sql`d.lifecycle <> 'maintenance'`]];
    case "restart":
      return [
        ["no_credentials", Prisma.sql`d.lifecycle = 'draft'`],
        ...(action.params.force
          ? []
          : ([
              ["moves_something", Prisma.sql`d.type = ANY(${ACTUATORS}::device_type[])`],
              ["milking", Prisma.sql`d.farm_id = ANY(${milkingFarmIds}::uuid[])`],
            ] satisfies [SkipReason, Prisma.Sql][])),
      ];
    case "diagnostic":
      return [
        ["no_credentials", Prisma.sql`d.lifecycle = 'draft'`],
        ["diagnostic_running", Prisma.sql`EXISTS (SELECT 1 FROM diagnostic x WHERE x.device_key = d.id AND x.finished_at IS NULL)`],
      ];
    case "rotate_credentials":
    case "decommission":
      return [];
  }
}

function tagCount(tagIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM "_device_tag_rel" r WHERE r."A" = d.id AND r."B" = ANY(${tagIds}::uuid[]))`;
}
