import { fieldPackSchema } from "@/server/domain/scan/action";
import { FIELD_PACK_PAGE } from "@/server/domain/scan/field-pack";
import { farmIdsWith, requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { permissionsOn } from "./find-scanned";
import { FIELD_DEVICE_INCLUDE, toFieldDevice, type FieldDevice, type FieldPermissions } from "./views";

export interface FieldFarm {
  id: string;
  code: string;
  name: string;
  timeZone: string;
  may: FieldPermissions;
}

export interface FieldPackPage {
  viewer: { userId: string; name: string };
  farms: FieldFarm[];
  devices: FieldDevice[];
  nextCursor: string | null;
  /** Devices in service that the whole pack would hold. */
  total: number;
  /** When this was true. */
  at: Date;
}

/**
 * One page of what somebody takes into a barn without a network: their farms, and the devices in service there with
 * their open work, by device ID.
 */
export async function getFieldPack({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FieldPackPage> {
  const { cursor, farmId } = parseInput(fieldPackSchema, input);
  const user = requirePerson(ctx.actor);
  const readable = farmIdsWith(ctx.actor, "device.read");
  const wanted = [...(readable ? [{ farmId: { in: readable } }] : []), ...(farmId ? [{ farmId }] : [])];
  const where = { AND: wanted, lifecycle: { not: "decommissioned" as const } };
  const [farms, total, rows] = await Promise.all([
    ctx.db.farm.findMany({
      where: readable ? { id: { in: readable } } : {},
      select: { id: true, code: true, name: true, timeZone: true },
      orderBy: { name: "asc" },
    }),
    ctx.db.device.count({ where }),
    ctx.db.device.findMany({
      where: { ...where, ...(cursor ? { deviceId: { gt: cursor } } : {}) },
      include: FIELD_DEVICE_INCLUDE,
      orderBy: { deviceId: "asc" },
      take: FIELD_PACK_PAGE + 1,
    }),
  ]);
  const page = rows.slice(0, FIELD_PACK_PAGE);
  return {
    viewer: { userId: user.userId, name: user.name },
    farms: farms.map((farm) => ({ ...farm, may: permissionsOn(ctx, farm.id) })),
    devices: page.map((row) => toFieldDevice(row, ctx.now)),
    nextCursor: rows.length > page.length ? (page.at(-1)?.deviceId ?? null) : null,
    total,
    at: ctx.now,
  };
}
