import { z } from "zod";
import type { Prisma } from "@/server/db/generated/client";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findDevice } from "./find-device";

/** More than a shelf holds. */
const MAX_SPARES = 50;

export const findSparesSchema = z.object({ deviceId: deviceIdSchema });

export interface SpareView {
  deviceId: string;
  name: string;
  model: string;
  serialNumber: string | null;
  /** A provisioned one has a password already and keeps it. */
  lifecycle: "draft" | "provisioned";
}

/** Units that could take a device's place: same type and farm, registered, never fitted. */
export function spareFilter(device: { id: string; farmId: string; type: Prisma.DeviceWhereInput["type"] }): Prisma.DeviceWhereInput {
  return {
    id: { not: device.id },
    farmId: device.farmId,
    type: device.type,
    lifecycle: { in: ["draft", "provisioned"] },
    firstConnectedAt: null,
    state: { lastSeenAt: null },
    replaces: null,
  };
}

/** The units on a farm that could take this device's place. */
export async function findSpares({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<SpareView[]> {
  const { deviceId } = parseInput(findSparesSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.decommission");
  const rows = await ctx.db.device.findMany({ where: spareFilter(device), orderBy: { deviceId: "asc" }, take: MAX_SPARES });
  return rows.map((row) => ({
    deviceId: row.deviceId,
    name: row.name,
    model: row.model,
    serialNumber: row.serialNumber,
    lifecycle: row.lifecycle === "draft" ? "draft" : "provisioned",
  }));
}
