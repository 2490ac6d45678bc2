import { z } from "zod";
import { batteryOutlook, estimateBattery, type BatteryOutlook } from "@/server/domain/health/battery-outlook";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { readBatteryTrends } from "./read-battery-trends";

export const batteryOutlookSchema = z.object({ deviceId: z.string().max(20) });

export interface DeviceBatteryOutlook {
  outlook: BatteryOutlook;
  /** Percent below which it needs a battery. */
  threshold: number;
  /** Days with a reading since the last replacement. */
  days: number;
  slopePerDay: number | null;
}

/**
 * When one device will need a battery, from its history up to this moment.
 * @throws not_found
 */
export async function getBatteryOutlook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DeviceBatteryOutlook> {
  const { deviceId } = parseInput(batteryOutlookSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const state = await ctx.db.deviceState.findUniqueOrThrow({ where: { deviceKey: device.id }, select: { batteryLevel: true } });
  const trend = (await readBatteryTrends(ctx.db, [device.id], ctx.now)).get(device.id);
  const threshold = device.lowBatteryThreshold;
  return {
    outlook: batteryOutlook({ ...device, ...state }, estimateBattery(trend, threshold, ctx.now), ctx.now),
    threshold,
    days: trend?.days ?? 0,
    slopePerDay: trend?.slopePerDay ?? null,
  };
}
