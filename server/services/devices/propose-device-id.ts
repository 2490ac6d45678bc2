import { z } from "zod";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { farmsSeenBy, findReservedIds } from "./id-blocks/reserved-ids";
import { nextFreeDeviceId } from "./next-free-device-id";

export const proposeDeviceIdSchema = z.object({ type: z.enum(DEVICE_TYPES) });
export const checkDeviceIdSchema = z.object({
  deviceId: z.string().max(50),
  /** For what, once that is known: an ID may be reserved for another farm or type. */
  farmId: z.uuid().nullish(),
  type: z.enum(DEVICE_TYPES).nullish(),
});

/** The next free device ID for a type (specification Task 3.1). */
export async function proposeDeviceId({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ deviceId: string | undefined }> {
  requireUser(ctx.actor);
  const { type } = parseInput(proposeDeviceIdSchema, input);
  return { deviceId: await nextFreeDeviceId(ctx.db, type) };
}

export type DeviceIdCheck = { status: "free" | "taken" | "malformed" } | { status: "reserved"; reason: string };

/** Whether an ID could be registered now. Says nothing about whose it is. */
export async function checkDeviceId({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DeviceIdCheck> {
  requireUser(ctx.actor);
  const { deviceId, farmId, type } = parseInput(checkDeviceIdSchema, input);
  if (!DEVICE_ID_PATTERN.test(deviceId)) return { status: "malformed" };
  const found = await ctx.db.device.count({ where: { deviceId } });
  if (found > 0) return { status: "taken" };
  if (!farmId || !type) return { status: "free" };
  const reason = (await findReservedIds(ctx.db, farmsSeenBy(ctx.actor), [{ deviceId, farmId, type }])).get(deviceId);
  return reason ? { status: "reserved", reason } : { status: "free" };
}
