import { normalizeMacAddress } from "@/server/domain/devices/mac-address";
import { findScannedSchema } from "@/server/domain/scan/action";
import { allows, farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { FIELD_DEVICE_INCLUDE, FIELD_PERMISSIONS, toFieldDevice, type FieldDevice, type FieldPermissions } from "./views";

/** A maker's serial number may stand on devices of several makers. */
const MAX_MATCHES = 10;

export interface ScannedMatch {
  device: FieldDevice;
  farm: { id: string; name: string; timeZone: string };
  /** What the caller may do with it. */
  may: FieldPermissions;
}

export interface Scanned {
  matches: ScannedMatch[];
  /** Nothing of the caller's, but the ID is in use: IDs are unique over all farms. Whose it is stays untold. */
  taken: boolean;
}

/**
 * Looks up what was scanned among the devices of the caller's farms, with its health, place, pictures and open work
 * (specification Task 3.2).
 * @throws invalid_input unless exactly one of ID, serial number and MAC address is named
 */
export async function findScanned({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Scanned> {
  const { deviceId, serialNumber, macAddress } = parseInput(findScannedSchema, input);
  const mac = macAddress === undefined ? undefined : (normalizeMacAddress(macAddress) ?? "");
  const rows = await ctx.db.device.findMany({
    where: { ...farmFilter(ctx.actor, "device.read"), deviceId, serialNumber, macAddress: mac },
    include: { ...FIELD_DEVICE_INCLUDE, farm: { select: { id: true, code: true, name: true, timeZone: true } } },
    // A unit in service comes before the one whose place it took.
    orderBy: [{ lifecycle: "asc" }, { deviceId: "asc" }],
    take: MAX_MATCHES,
  });
  const taken = rows.length === 0 && deviceId !== undefined && (await ctx.db.device.count({ where: { deviceId } })) > 0;
  return { matches: rows.map((row) => toMatch(ctx, row)), taken };
}

function toMatch(ctx: ServiceContext, row: Parameters<typeof toFieldDevice>[0]): ScannedMatch {
  const { id, name, timeZone } = row.farm;
  return { device: toFieldDevice(row, ctx.now), farm: { id, name, timeZone }, may: permissionsOn(ctx, id) };
}

/** What the caller may do on one of their farms. */
export function permissionsOn(ctx: ServiceContext, farmId: string): FieldPermissions {
  const entries = Object.entries(FIELD_PERMISSIONS).map(([name, permission]) => [name, allows(ctx.actor, farmId, permission)]);
  return Object.fromEntries(entries) as FieldPermissions;
}
