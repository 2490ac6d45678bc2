import { z } from "zod";
import { DEVICE_ID_PATTERN, nextDeviceId } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

export const proposeDeviceIdSchema = z.object({ type: z.enum(DEVICE_TYPES) });
export const checkDeviceIdSchema = z.object({ deviceId: z.string().max(50) });

/** The next free device ID for a type (specification Task 3.1), over all farms because IDs are global. */
export async function proposeDeviceId({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ deviceId: string | undefined }> {
  requireUser(ctx.actor);
  const { type } = parseInput(proposeDeviceIdSchema, input);
  const { prefix } = DEVICE_TYPE_FACTS[type];
  const [row] = await ctx.db.$queryRaw<{ highest: number | null }[]>`
    SELECT max(substr(device_id, 3)::int) AS highest FROM device WHERE device_id >= ${prefix} AND device_id < ${prefix + ":"}`;
  return { deviceId: nextDeviceId(prefix, row?.highest ?? 0) };
}

/** Whether an ID could be registered now. Says nothing about whose it is. */
export async function checkDeviceId({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ status: "free" | "taken" | "malformed" }> {
  requireUser(ctx.actor);
  const { deviceId } = parseInput(checkDeviceIdSchema, input);
  if (!DEVICE_ID_PATTERN.test(deviceId)) return { status: "malformed" };
  const found = await ctx.db.device.count({ where: { deviceId } });
  return { status: found === 0 ? "free" : "taken" };
}
