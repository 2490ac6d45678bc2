import { inTransaction } from "@/server/db/in-transaction";
import { dateOf, dayOf } from "@/server/domain/maintenance/calendar-day";
import { MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import { editRecordSchema } from "@/server/domain/maintenance/schema";
import { AppError, fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { lockDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { findRecord, recordChanged } from "./find-record";
import { followCalibration } from "./follow-calibration";
import { refuseFutureDay } from "./refuse-future-day";

/**
 * Corrects a record. Planned work keeps nothing of a finished one's fields but may be moved to any day; finished work
 * keeps its kind and must keep a day on which it was done.
 * @throws conflict when it was changed since `version` was read, or is cancelled
 */
export async function editRecord({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { recordId, version, plannedFor, title, technician, notes, doneOn, ...finished } = parseInput(editRecordSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const { deviceKey } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    await lockDevice(tx, { id: deviceKey });
    const { device, ...record } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    if (record.status === "cancelled") throw new AppError("conflict", "This record was cancelled and stays as it is.");
    const isDone = record.status === "done";
    if (isDone && doneOn === null) throw fieldError("invalid_input", "doneOn", "Say on which day it was done");
    if (!isDone && plannedFor === null) throw fieldError("invalid_input", "plannedFor", "Say for which day it is planned");
    if (isDone && doneOn) refuseFutureDay(doneOn, { timeZone: device.farm.timeZone, now: ctx.now });
    const certified = record.type === "calibration" ? finished : { ...finished, certificate: null, deviation: null };
    const data = {
      title: title ?? MAINTENANCE_TYPE_LABELS[record.type],
      technician,
      notes,
      ...(isDone ? { ...certified, doneOn: doneOn && dateOf(doneOn) } : { plannedFor: plannedFor && dateOf(plannedFor) }),
    };
    // Loses to an edit or completion that was committed after the form was loaded.
    const { count } = await tx.maintenanceRecord.updateMany({
      where: { id: recordId, version, status: record.status },
      data: { ...data, version: { increment: 1 } },
    });
    if (count === 0) throw recordChanged();
    if (isDone && record.type === "calibration")
      await followCalibration(tx, ctx.now, { device, before: record.doneOn && dayOf(record.doneOn) });
    const changed = Object.entries(data).filter(([key, value]) => String(record[key as keyof typeof data]) !== String(value));
    await announceWork(tx, ctx, {
      action: "maintenance.edited",
      device,
      before: Object.fromEntries(changed.map(([key]) => [key, record[key as keyof typeof data]])),
      after: { title: data.title, ...Object.fromEntries(changed) },
    });
    return { version: version + 1 };
  });
}
