import { Prisma } from "@/server/db/generated/client";
import { DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { firmwareSpreadSchema } from "@/server/domain/firmware/schema";
import { compareVersions } from "@/server/domain/firmware/version-order";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { countedSql, visibleSql } from "./firmware-sql";

export interface SpreadEntry {
  /** As devices report it; `null` = they have not said yet. */
  version: string | null;
  devices: number;
  /** The version in the register; `null` = nobody has entered it. */
  firmware: { id: string; state: FirmwareState } | null;
  /** The newest stable version of its type. */
  isNewest: boolean;
}

export interface TypeSpread {
  deviceType: DeviceType;
  total: number;
  /** The newest first, who has said nothing last. */
  entries: SpreadEntry[];
}

const MAX_ENTRIES = 1_000;

interface SpreadRow {
  deviceType: DeviceType;
  version: string | null;
  devices: number;
  id: string | null;
  state: FirmwareState | null;
  isNewest: boolean;
}

/** Which of the caller's devices run what, by type. One statement, whatever the fleet's size. */
export async function getSpread({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<TypeSpread[]> {
  requireOrganisationPermission(ctx.actor, "firmware.view");
  const { types, farmIds } = parseInput(firmwareSpreadSchema, input);
  const ofTypes = types.length > 0 ? Prisma.sql`d.type = ANY(${types}::text[]::device_type[])` : Prisma.sql`true`;
  const rows = await ctx.db.$queryRaw<SpreadRow[]>`
    WITH runs AS (
      SELECT d.type, s.firmware_version AS version, count(*)::int AS devices FROM device d JOIN device_state s ON s.device_key = d.id
      WHERE ${countedSql(ctx.actor, farmIds)} AND ${ofTypes} GROUP BY 1, 2
    ), newest AS (
      SELECT DISTINCT ON (device_type) id FROM firmware_version WHERE state = 'stable' ORDER BY device_type, version_key COLLATE "C" DESC
    )
    SELECT runs.type::text AS "deviceType", runs.version, runs.devices, f.id, f.state::text, f.id IN (SELECT id FROM newest) IS TRUE AS "isNewest"
    FROM runs LEFT JOIN firmware_version f ON f.device_type = runs.type AND f.version = runs.version AND ${visibleSql(ctx.actor)}
    ORDER BY runs.devices DESC LIMIT ${MAX_ENTRIES}`;
  return DEVICE_TYPES.flatMap((deviceType) => {
    const entries = rows
      .filter((row) => row.deviceType === deviceType)
      .map(({ version, devices, id, state, isNewest }) => ({ version, devices, firmware: id && state ? { id, state } : null, isNewest }))
      .sort(newestFirst);
    return entries.length > 0 ? [{ deviceType, total: entries.reduce((sum, { devices }) => sum + devices, 0), entries }] : [];
  });
}

function newestFirst(a: SpreadEntry, b: SpreadEntry): number {
  if (a.version === null || b.version === null) return a.version === b.version ? 0 : a.version === null ? 1 : -1;
  return compareVersions(b.version, a.version) || a.version.localeCompare(b.version);
}
