import { z } from "zod";
import { restartVerdict, type RestartVerdict } from "@/server/domain/commands/restart-policy";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";

export const restartOutlookSchema = z.object({ deviceId: deviceIdSchema });

/** What a restart would meet now, so that the question can be put before it is refused. */
export async function getRestartOutlook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ verdict: RestartVerdict }> {
  const { deviceId } = parseInput(restartOutlookSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.command");
  const milkingSessions = await ctx.db.milkingSession.findMany({ where: { farmId: device.farmId } });
  const { timeZone } = device.farm;
  return { verdict: restartVerdict({ deviceType: device.type, milkingSessions, timeZone, now: ctx.now, forced: false, reason: null }) };
}
