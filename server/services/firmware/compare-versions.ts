import { compareFirmware, type FirmwareComparison } from "@/server/domain/firmware/compare";
import { compareFirmwareSchema } from "@/server/domain/firmware/schema";
import { versionKey } from "@/server/domain/firmware/version-order";
import { fieldError } from "@/server/errors";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findFirmware } from "./find-firmware";
import { visibleSql } from "./firmware-sql";
import type { FirmwareView } from "./views";

export interface ComparisonView extends FirmwareComparison {
  from: FirmwareView;
  to: FirmwareView;
  /** What changed on the way from the older to the newer, the newest first: of those in between and of the newer. */
  changelogs: { id: string; version: string; changelog: string }[];
}

const MAX_BETWEEN = 50;

/** Two versions for the same type side by side. @throws forbidden, not_found, invalid_input for different types */
export async function compareFirmwareVersions({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ComparisonView> {
  requireOrganisationPermission(ctx.actor, "firmware.view");
  const { fromId, toId } = parseInput(compareFirmwareSchema, input);
  const from = await findFirmware(ctx.db, ctx, fromId);
  const to = await findFirmware(ctx.db, ctx, toId);
  if (from.deviceType !== to.deviceType)
    throw fieldError("invalid_input", "toId", "Only versions for the same type of device can be compared.");
  const [older = "", newer = ""] = [versionKey(from.version), versionKey(to.version)].sort((a, b) => (a < b ? -1 : 1));
  const changelogs = await ctx.db.$queryRaw<ComparisonView["changelogs"]>`
    SELECT f.id, f.version, f.changelog FROM firmware_version f
    WHERE f.device_type = ${from.deviceType}::device_type AND f.changelog IS NOT NULL AND ${visibleSql(ctx.actor)}
      AND f.version_key COLLATE "C" > ${older} AND f.version_key COLLATE "C" <= ${newer}
    ORDER BY f.version_key COLLATE "C" DESC LIMIT ${MAX_BETWEEN}`;
  return { ...compareFirmware(from, to), from, to, changelogs };
}
