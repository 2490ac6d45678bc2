import type { Actor } from "@/server/actor";
import { Prisma } from "@/server/db/generated/client";
import type { AlertFilter } from "@/server/domain/alerts/schema";
import type { AlertView } from "@/server/domain/alerts/list-vocabulary";
import type { FarmPermission } from "@/server/domain/people/policy";
import { farmIdsWith } from "@/server/services/authorize";

/** Alerts of farms where the caller has the permission; the system's own are for admins. */
export function alertScopeSql(actor: Actor, permission: FarmPermission): Prisma.Sql {
  const farmIds = farmIdsWith(actor, permission);
  return farmIds ? Prisma.sql`a.farm_id = ANY(${farmIds}::uuid[])` : Prisma.sql`true`;
}

/** Condition over the tables of {@link import("./views").ALERT_TABLES}. */
export function alertFilterSql(filter: AlertFilter, now: Date): Prisma.Sql {
  const conditions = [
    viewSql(filter.view, now),
    filter.severities.length > 0 && Prisma.sql`a.severity = ANY(${filter.severities}::text[]::alert_severity[])`,
    filter.types.length > 0 && Prisma.sql`a.type = ANY(${filter.types}::text[]::alert_type[])`,
    filter.farmIds.length > 0 && Prisma.sql`a.farm_id = ANY(${filter.farmIds}::uuid[])`,
    filter.groupIds.length > 0 && inGroups(filter.groupIds),
    filter.deviceId !== undefined && Prisma.sql`d.device_id = ${filter.deviceId}`,
    // What a group alert speaks for is listed under it, and on the device's own page.
    filter.parentId !== undefined
      ? Prisma.sql`a.parent_id = ${filter.parentId}::uuid`
      : filter.deviceId === undefined && Prisma.sql`a.parent_id IS NULL`,
    ...filter.search.split(/\s+/).filter(Boolean).map(containsWord),
  ].filter((condition) => condition instanceof Prisma.Sql);
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`true`;
}

function viewSql(view: AlertView, now: Date): Prisma.Sql | false {
  const asleep = Prisma.sql`coalesce(a.snoozed_until > ${now}::timestamptz, false)`;
  switch (view) {
    case "open":
      return Prisma.sql`(a.state <> 'resolved' AND NOT ${asleep})`;
    case "active":
      return Prisma.sql`(a.state = 'active' AND NOT ${asleep})`;
    case "acknowledged":
      return Prisma.sql`(a.state = 'acknowledged' AND NOT ${asleep})`;
    case "snoozed":
      return Prisma.sql`(a.state <> 'resolved' AND ${asleep})`;
    case "resolved":
      return Prisma.sql`a.state = 'resolved'`;
    case "all":
      return false;
  }
}

function inGroups(groupIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`coalesce(a.group_id, d.group_id) IN (
    WITH RECURSIVE tree(id) AS (
      SELECT unnest(${groupIds}::uuid[]) UNION SELECT child.id FROM device_group child JOIN tree ON child.parent_id = tree.id)
    SELECT id FROM tree)`;
}

function containsWord(word: string): Prisma.Sql {
  const pattern = `%${word.replaceAll("\0", "").replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(d.device_id ILIKE ${pattern} OR d.name ILIKE ${pattern} OR d.location ILIKE ${pattern} OR g.name ILIKE ${pattern}
    OR a.message ILIKE ${pattern})`;
}
