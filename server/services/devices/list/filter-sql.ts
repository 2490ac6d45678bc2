import { Prisma } from "@/server/db/generated/client";
import type { DeviceFilter } from "@/server/domain/devices/list-schema";
import { SILENCE_SECONDS } from "@/server/domain/devices/list-vocabulary";
import { ONLINE } from "@/server/services/health/rules-sql";

/** The tables that {@link filterSql} and the sort columns name: `d`evice, `s`tate, `f`arm, `g`roup. */
export const DEVICE_TABLES = Prisma.sql`device d
  JOIN device_state s ON s.device_key = d.id JOIN farm f ON f.id = d.farm_id LEFT JOIN device_group g ON g.id = d.group_id`;

/**
 * Condition for the devices that match a filter on the farms given.
 * @param farmIds the caller's farms; `undefined` = every farm
 */
export function filterSql(filter: DeviceFilter, farmIds: readonly string[] | undefined): Prisma.Sql {
  const conditions = [
    farmIds && Prisma.sql`d.farm_id = ANY(${farmIds}::uuid[])`,
    anyOf(filter.deviceIds, Prisma.sql`d.device_id`, Prisma.sql`text[]`),
    anyOf(filter.farmIds, Prisma.sql`d.farm_id`, Prisma.sql`uuid[]`),
    anyOf(filter.types, Prisma.sql`d.type`, Prisma.sql`device_type[]`),
    anyOf(filter.lifecycles, Prisma.sql`d.lifecycle`, Prisma.sql`device_lifecycle[]`),
    anyOf(filter.health, Prisma.sql`s.health_status`, Prisma.sql`health_status[]`),
    anyOf(filter.signal, Prisma.sql`s.signal_quality`, Prisma.sql`signal_quality[]`),
    anyOf(filter.firmware, Prisma.sql`s.firmware_version`, Prisma.sql`text[]`),
    anyOf(filter.powerSources, Prisma.sql`d.power_source`, Prisma.sql`power_source[]`),
    anyOf(filter.connections, Prisma.sql`coalesce(d.connection_type, s.connection_type)`, Prisma.sql`connection_type[]`),
    anyOf(filter.calibration, Prisma.sql`d.calibration_status`, Prisma.sql`calibration_status[]`),
    filter.groupIds.length > 0 && inGroups(filter.groupIds, filter.includeSubgroups),
    filter.tagIds.length > 0 &&
      Prisma.sql`EXISTS (SELECT 1 FROM "_device_tag_rel" r WHERE r."A" = d.id AND r."B" = ANY(${filter.tagIds}::uuid[]))`,
    filter.needsAttention && Prisma.sql`s.needs_attention`,
    filter.batteryBelow !== null && Prisma.sql`s.battery_level < ${filter.batteryBelow}::real`,
    filter.presence === "online" && ONLINE,
    filter.presence === "offline" && Prisma.sql`(d.lifecycle = 'active' AND NOT ${ONLINE})`,
    filter.silentFor && silentFor(filter.silentFor),
    filter.maintenance === "overdue" && Prisma.sql`d.next_maintenance_date < current_date`,
    filter.maintenance === "week" && Prisma.sql`d.next_maintenance_date <= current_date + 7`,
    ...filter.search.split(/\s+/).filter(Boolean).map(containsWord),
  ].filter((condition) => condition instanceof Prisma.Sql);
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`true`;
}

function anyOf(values: readonly string[], column: Prisma.Sql, arrayType: Prisma.Sql): Prisma.Sql | false {
  return values.length > 0 && Prisma.sql`${column} = ANY(${values}::text[]::${arrayType})`;
}

function inGroups(groupIds: readonly string[], includeSubgroups: boolean): Prisma.Sql {
  if (!includeSubgroups) return Prisma.sql`d.group_id = ANY(${groupIds}::uuid[])`;
  return Prisma.sql`d.group_id IN (
    WITH RECURSIVE tree(id) AS (
      SELECT unnest(${groupIds}::uuid[]) UNION SELECT child.id FROM device_group child JOIN tree ON child.parent_id = tree.id)
    SELECT id FROM tree)`;
}

function silentFor(silence: NonNullable<DeviceFilter["silentFor"]>): Prisma.Sql {
  if (silence === "never") return Prisma.sql`s.last_seen_at IS NULL`;
  return Prisma.sql`s.last_seen_at < now() - make_interval(secs => ${SILENCE_SECONDS[silence]}::float8)`;
}

/** People type % and _ and mean them; a MAC address they type as it is printed, with or without separators. */
function containsWord(word: string): Prisma.Sql {
  const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
  const hex = word.replace(/[:.-]/g, "");
  const mac = /^[0-9a-f]{4,12}$/i.test(hex) ? Prisma.sql` OR replace(d.mac_address, ':', '') ILIKE ${`%${hex}%`}` : Prisma.empty;
  return Prisma.sql`(d.device_id ILIKE ${pattern} OR d.name ILIKE ${pattern} OR d.serial_number ILIKE ${pattern} OR d.mac_address ILIKE ${pattern}
    OR d.model ILIKE ${pattern} OR d.location ILIKE ${pattern}${mac})`;
}
