import { inTransaction } from "@/server/db/in-transaction";
import { dayOf } from "@/server/domain/maintenance/calendar-day";
import { canBecome } from "@/server/domain/maintenance/maintenance-type";
import { cancelRecordSchema } from "@/server/domain/maintenance/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { lockDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { findRecord, recordChanged } from "./find-record";
import { followCalibration } from "./follow-calibration";

/**
 * Calls planned work off, or strikes out a finished record that was a mistake: it stays readable, and a calibration in
 * it no longer counts.
 * @throws conflict when it was changed since `version` was read
 */
export async function cancelRecord({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { recordId, version, reason } = parseInput(cancelRecordSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const { deviceKey } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    await lockDevice(tx, { id: deviceKey });
    const { device, ...record } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    if (!canBecome(record.status, "cancelled")) throw new AppError("conflict", "This record is cancelled already.");
    // Loses to an edit or completion that was committed meanwhile.
    const { count } = await tx.maintenanceRecord.updateMany({
      where: { id: recordId, version, status: record.status },
      data: { status: "cancelled", version: { increment: 1 } },
    });
    if (count === 0) throw recordChanged();
    if (record.status === "done" && record.type === "calibration")
      await followCalibration(tx, ctx.now, { device, before: record.doneOn && dayOf(record.doneOn) });
    await announceWork(tx, ctx, {
      action: record.status === "done" ? "maintenance.struck_out" : "maintenance.cancelled",
      device,
      before: { type: record.type, title: record.title, status: record.status },
      after: reason ? { reason } : undefined,
    });
    return { version: version + 1 };
  });
}
