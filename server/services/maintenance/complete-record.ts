import { inTransaction } from "@/server/db/in-transaction";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { canBecome } from "@/server/domain/maintenance/maintenance-type";
import { completeRecordSchema } from "@/server/domain/maintenance/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { lockDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { findRecord, recordChanged } from "./find-record";
import { finishWork } from "./finish-work";
import { refuseFutureDay } from "./refuse-future-day";

/**
 * Planned work is done; the device's dates follow.
 * @throws conflict when it was finished, cancelled or changed since `version` was read
 */
export async function completeRecord({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { recordId, version, doneOn, title, nextMaintenanceDate, ...work } = parseInput(completeRecordSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const { deviceKey } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    await lockDevice(tx, { id: deviceKey });
    const { device, ...record } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    if (!canBecome(record.status, "done"))
      throw new AppError("conflict", record.status === "done" ? "Somebody has already finished this work." : "This work was cancelled.");
    refuseFutureDay(doneOn, { timeZone: device.farm.timeZone, now: ctx.now });
    // Loses to whoever finished, cancelled or edited it first.
    const { count } = await tx.maintenanceRecord.updateMany({
      where: { id: recordId, version, status: "planned" },
      data: {
        ...work,
        ...(record.type === "calibration" ? {} : { certificate: null, deviation: null }),
        title: title ?? record.title,
        status: "done",
        doneOn: dateOf(doneOn),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw recordChanged();
    await finishWork(tx, ctx, { device, record, nextMaintenanceDate });
    await announceWork(tx, ctx, {
      action: "maintenance.completed",
      device,
      after: { type: record.type, title: title ?? record.title, doneOn },
    });
    return { version: version + 1 };
  });
}
