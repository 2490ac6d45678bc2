import { inTransaction } from "@/server/db/in-transaction";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import { recordDoneSchema } from "@/server/domain/maintenance/schema";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice, lockDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { finishWork } from "./finish-work";
import { refuseFutureDay } from "./refuse-future-day";

/** Records work that was done without having been planned; also late, for a device that is retired by now. */
export async function recordDone({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string; version: number }> {
  const { deviceId, doneOn, title, nextMaintenanceDate, ...work } = parseInput(recordDoneSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await lockDevice(tx, { deviceId });
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    refuseFutureDay(doneOn, { timeZone: device.farm.timeZone, now: ctx.now });
    const record = await tx.maintenanceRecord.create({
      data: {
        ...work,
        ...(work.type === "calibration" ? {} : { certificate: null, deviation: null }),
        title: title ?? MAINTENANCE_TYPE_LABELS[work.type],
        deviceKey: device.id,
        status: "done",
        doneOn: dateOf(doneOn),
        createdById: authorOf(ctx.actor),
        createdAt: ctx.now,
      },
    });
    await finishWork(tx, ctx, { device, record, nextMaintenanceDate });
    await announceWork(tx, ctx, { action: "maintenance.recorded", device, after: { type: record.type, title: record.title, doneOn } });
    return { id: record.id, version: record.version };
  });
}
