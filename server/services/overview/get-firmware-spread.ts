import { Prisma } from "@/server/db/generated/client";
import { DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { overviewFarmSchema } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { inScopeSql, overviewScope } from "./overview-scope";

export interface FirmwareSpread {
  type: DeviceType;
  /** Devices that are not retired. */
  total: number;
  /** Of them, those that never said what they run. */
  unreported: number;
  /** Most devices first; the rest of the versions are in `others`. */
  versions: { version: string; devices: number }[];
  /** Devices on versions that are not listed, and how many versions that is. */
  others: { devices: number; versions: number };
}

const VERSIONS_SHOWN = 5;

/** Which firmware the devices of each type run. One statement. */
export async function getFirmwareSpread({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FirmwareSpread[]> {
  const { farmId } = parseInput(overviewFarmSchema, input);
  const rows = await ctx.db.$queryRaw<{ type: DeviceType; version: string | null; devices: number }[]>`
    SELECT d.type::text, s.firmware_version AS version, count(*)::int AS devices
    FROM device d JOIN device_state s ON s.device_key = d.id
    WHERE d.lifecycle <> 'decommissioned' AND ${inScopeSql(Prisma.sql`d.farm_id`, overviewScope(ctx, farmId))}
    GROUP BY 1, 2 ORDER BY 3 DESC, 2`;
  return DEVICE_TYPES.flatMap((type) => {
    const ofType = rows.filter((row) => row.type === type);
    if (ofType.length === 0) return [];
    const versions = ofType.flatMap(({ version, devices }) => (version === null ? [] : [{ version, devices }]));
    const rest = versions.slice(VERSIONS_SHOWN);
    return [
      {
        type,
        total: sum(ofType),
        unreported: sum(ofType.filter((row) => row.version === null)),
        versions: versions.slice(0, VERSIONS_SHOWN),
        others: { devices: sum(rest), versions: rest.length },
      },
    ];
  });
}

function sum(rows: readonly { devices: number }[]): number {
  return rows.reduce((total, { devices }) => total + devices, 0);
}
