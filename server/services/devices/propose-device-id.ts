import { z } from "zod";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { nextFreeDeviceId } from "./next-free-device-id";

export const proposeDeviceIdSchema = z.object({ type: z.enum(DEVICE_TYPES) });
export const checkDeviceIdSchema = z.object({ deviceId: z.string().max(50) });

/** The next free device ID for a type (specification Task 3.1). */
export async function proposeDeviceId({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ deviceId: string | undefined }> {
  requireUser(ctx.actor);
  const { type } = parseInput(proposeDeviceIdSchema, input);
  return { deviceId: await nextFreeDeviceId(ctx.db, type) };
}

/** Whether an ID could be registered now. Says nothing about whose it is. */
export async function checkDeviceId({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ status: "free" | "taken" | "malformed" }> {
  requireUser(ctx.actor);
  const { deviceId } = parseInput(checkDeviceIdSchema, input);
  if (!DEVICE_ID_PATTERN.test(deviceId)) return { status: "malformed" };
  const found = await ctx.db.device.count({ where: { deviceId } });
  return { status: found === 0 ? "free" : "taken" };
}
