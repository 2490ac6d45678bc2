import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { incompatibility, planUpgrade, type PathVersion } from "@/server/domain/firmware/upgrade-path";
import type { PreflightInput } from "@/server/domain/rollouts/schema";
import type { SkipReason } from "@/server/domain/rollouts/vocabulary";
import { AppError, fieldError } from "@/server/errors";
import { canRollOut } from "@/server/domain/firmware/lifecycle";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { DEVICE_TABLES, filterSql } from "@/server/services/devices/list/filter-sql";

/** Devices of one kind: what decides whether the firmware fits, and the way there. */
export interface KindVerdict {
  manufacturer: string;
  model: string;
  version: string | null;
  reason: SkipReason | null;
  /** The next version on the way, when it cannot go straight. */
  hop: string | null;
}

export interface VerdictFacts {
  firmware: { id: string; version: string; deviceType: DeviceType };
  visibleFarmIds: readonly string[] | undefined;
  allowedFarmIds: readonly string[] | undefined;
  kinds: KindVerdict[];
}

type Aim = Pick<PreflightInput, "firmwareId" | "filter" | "except">;

/**
 * What the judgement needs besides each device's own row, in three statements: whether a version fits is decided by the
 * rules of server/domain/firmware once a kind of device, not once a device.
 * @throws not_found, conflict for a version that is not to be rolled out
 */
export async function gatherFacts(db: Database | Transaction, ctx: ServiceContext, aim: Aim): Promise<VerdictFacts> {
  const firmware = await db.firmwareVersion.findUnique({ where: { id: aim.firmwareId } });
  if (!firmware) throw fieldError("not_found", "firmwareId", "There is no such firmware version.");
  if (!canRollOut(firmware.state))
    throw fieldError(
      "conflict",
      "firmwareId",
      `Version ${firmware.version} is ${firmware.state}: only testing and stable versions are rolled out.`,
    );
  if (!firmware.artifactSha256) throw new AppError("conflict", "The version has no file.");
  const visibleFarmIds = farmIdsWith(ctx.actor, "device.read");
  const versions = await db.firmwareVersion.findMany({ where: { deviceType: firmware.deviceType, state: { not: "draft" } } });
  const kinds = await db.$queryRaw<Omit<KindVerdict, "reason" | "hop">[]>`
    SELECT DISTINCT d.manufacturer, d.model, s.firmware_version AS version FROM ${DEVICE_TABLES}
    WHERE ${filterSql(aim.filter, visibleFarmIds)} AND d.type = ${firmware.deviceType}::device_type`;
  return {
    firmware,
    visibleFarmIds,
    allowedFarmIds: farmIdsWith(ctx.actor, "rollout.manage"),
    kinds: kinds.map((kind) => ({ ...kind, ...judgeKind(kind, firmware, versions) })),
  };
}

/** Whether a version goes onto a kind of device, and if not, why. */
function judgeKind(
  kind: Omit<KindVerdict, "reason" | "hop">,
  firmware: PathVersion,
  versions: readonly PathVersion[],
): Pick<KindVerdict, "reason" | "hop"> {
  const unfit = incompatibility(firmware, kind);
  if (unfit) return { reason: unfit === "manufacturer" ? "wrong_manufacturer" : "wrong_model", hop: null };
  const fitting = versions.filter((version) => !incompatibility(version, kind));
  const path = planUpgrade(kind.version, firmware, fitting);
  switch (path.kind) {
    case "arrived":
      return { reason: "same_version", hop: null };
    case "newer":
      return { reason: "newer_version", hop: null };
    case "unknown":
      return { reason: "unknown_version", hop: null };
    case "blocked":
      return { reason: "min_previous_version", hop: path.needs };
    case "path":
      return path.hops.length === 1 ? { reason: null, hop: null } : { reason: "min_previous_version", hop: path.hops[0]?.version ?? null };
  }
}

/**
 * Rows `id, device_id, farm_id, reason, hop, version` of the devices aimed at; `reason` is NULL for those that will be
 * updated, else one of SKIP_REASONS. One judgement for the preflight and for the rollout itself.
 */
export function verdictSql({ filter, except }: Aim, { firmware, visibleFarmIds, allowedFarmIds, kinds }: VerdictFacts): Prisma.Sql {
  const notAllowed = allowedFarmIds ? Prisma.sql`WHEN NOT d.farm_id = ANY(${allowedFarmIds}::uuid[]) THEN 'not_allowed'` : Prisma.empty;
  return Prisma.sql`SELECT d.id, d.device_id, d.farm_id, s.firmware_version AS version, CASE
      ${notAllowed}
      WHEN d.lifecycle = 'decommissioned' THEN 'decommissioned'
      WHEN d.type <> ${firmware.deviceType}::device_type THEN 'wrong_type'
      WHEN d.lifecycle IN ('draft', 'provisioned') THEN 'not_in_service'
      WHEN k.reason IS NOT NULL THEN k.reason
      WHEN EXISTS (SELECT 1 FROM rollout_target t JOIN rollout r ON r.id = t.rollout_id
        WHERE t.device_key = d.id AND NOT t.superseded AND t.state <= 'verifying' AND r.state IN ('scheduled', 'in_progress', 'paused'))
        THEN 'other_rollout'
    END AS reason, CASE WHEN d.type = ${firmware.deviceType}::device_type THEN k.hop END AS hop
    FROM ${DEVICE_TABLES} LEFT JOIN jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb)
      AS k(manufacturer text, model text, version text, reason text, hop text)
      ON k.manufacturer = d.manufacturer AND k.model = d.model AND k.version IS NOT DISTINCT FROM s.firmware_version
    WHERE ${filterSql(filter, visibleFarmIds)} AND NOT d.device_id = ANY(${except}::text[])`;
}
