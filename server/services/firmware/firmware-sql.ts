import type { Actor } from "@/server/actor";
import { Prisma } from "@/server/db/generated/client";
import { allowsInOrganisation, farmIdsWith } from "@/server/services/authorize";

/** Drafts are for those who manage firmware; over `f` (firmware_version). */
export function visibleSql(actor: Actor): Prisma.Sql {
  return allowsInOrganisation(actor, "firmware.manage") ? Prisma.sql`true` : Prisma.sql`f.state <> 'draft'`;
}

/**
 * Devices in service that the caller may see; over `d` (device).
 * @param farmIds only on these; empty = on all of the caller's
 */
export function countedSql(actor: Actor, farmIds: readonly string[]): Prisma.Sql {
  const own = farmIdsWith(actor, "device.read");
  const conditions = [
    Prisma.sql`d.lifecycle <> 'decommissioned'`,
    own && Prisma.sql`d.farm_id = ANY(${own}::uuid[])`,
    farmIds.length > 0 && Prisma.sql`d.farm_id = ANY(${farmIds}::uuid[])`,
  ].filter((condition) => condition instanceof Prisma.Sql);
  return Prisma.join(conditions, " AND ");
}

/**
 * Common table expressions for {@link FIRMWARE_COLUMNS}: who runs what, counted from what devices report, and what
 * updates came to, counted from the last attempts of rollouts. A device runs a version when its type is the version's and it reports exactly that version.
 */
export function countsSql(counted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`runs AS (
    SELECT d.type, s.firmware_version AS version, count(*)::int AS devices
    FROM device d JOIN device_state s ON s.device_key = d.id WHERE s.firmware_version IS NOT NULL AND ${counted} GROUP BY 1, 2
  ), outcomes AS (
    SELECT t.firmware_id, (count(*) FILTER (WHERE t.state = 'completed'))::int AS successful,
      (count(*) FILTER (WHERE t.state IN ('failed', 'rolled_back', 'timed_out')))::int AS failed
    FROM rollout_target t JOIN device d ON d.id = t.device_key WHERE NOT t.superseded AND t.state >= 'completed' AND ${counted} GROUP BY 1
  )`;
}

export const FIRMWARE_TABLES = Prisma.sql`firmware_version f LEFT JOIN firmware_artifact a ON a.sha256 = f.artifact_sha256
  LEFT JOIN "user" creator ON creator.id = f.created_by_id
  LEFT JOIN runs ON runs.type = f.device_type AND runs.version = f.version
  LEFT JOIN outcomes ON outcomes.firmware_id = f.id`;

export const FIRMWARE_COLUMNS = Prisma.sql`f.id, f.name, f.version, f.version_key AS "versionKey", f.device_type::text AS "deviceType",
  f.manufacturer, f.compatible_models AS "compatibleModels", f.min_previous_version AS "minPreviousVersion",
  f.is_mandatory AS "isMandatory", f.file_name AS "fileName", f.download_url AS "downloadUrl",
  to_char(f.release_date, 'YYYY-MM-DD') AS "releaseDate", f.release_notes AS "releaseNotes", f.changelog, f.state::text, f.sequence,
  f.revision, f.created_at AS "createdAt", f.updated_at AS "updatedAt", creator.name AS "createdBy",
  a.sha256, a.size_bytes AS "sizeBytes", a.format::text, coalesce(runs.devices, 0) AS "deviceCount",
  f.state = 'stable' AND NOT EXISTS (SELECT 1 FROM firmware_version n WHERE n.device_type = f.device_type AND n.state = 'stable'
    AND n.version_key COLLATE "C" > f.version_key COLLATE "C") AS "isNewestStable",
  coalesce(outcomes.successful, 0) AS "successfulUpdates", coalesce(outcomes.failed, 0) AS "failedUpdates"`;
