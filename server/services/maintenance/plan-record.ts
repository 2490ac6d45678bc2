import { inTransaction } from "@/server/db/in-transaction";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import { planRecordSchema } from "@/server/domain/maintenance/schema";
import { AppError } from "@/server/errors";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { refusePastDay } from "./refuse-future-day";

/** Plans work on a device for a day to come. @throws conflict for a decommissioned device */
export async function planRecord({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string; version: number }> {
  const { deviceId, plannedFor, title, ...work } = parseInput(planRecordSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (device.lifecycle === "decommissioned")
      throw new AppError("conflict", `${deviceId} is decommissioned; there is nothing left to plan.`);
    refusePastDay(plannedFor, { timeZone: device.farm.timeZone, now: ctx.now });
    const record = await tx.maintenanceRecord.create({
      data: {
        ...work,
        title: title ?? MAINTENANCE_TYPE_LABELS[work.type],
        deviceKey: device.id,
        plannedFor: dateOf(plannedFor),
        createdById: authorOf(ctx.actor),
        createdAt: ctx.now,
      },
    });
    await announceWork(tx, ctx, { action: "maintenance.planned", device, after: { type: record.type, title: record.title, plannedFor } });
    return { id: record.id, version: record.version };
  });
}
