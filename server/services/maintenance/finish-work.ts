import type { Transaction } from "@/server/db/client";
import type { MaintenanceRecord } from "@/server/db/generated/client";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import type { ServiceContext } from "@/server/services/context";
import { followCalibration } from "./follow-calibration";

interface FinishedWork {
  device: { id: string; lastCalibrationDate: Date | null };
  record: Pick<MaintenanceRecord, "type">;
  /** `undefined` = as it was. */
  nextMaintenanceDate: string | null | undefined;
}

/** What finished work changes on the device itself: its next dates and its last calibration. */
export async function finishWork(tx: Transaction, ctx: ServiceContext, work: FinishedWork): Promise<void> {
  if (work.nextMaintenanceDate !== undefined) {
    const nextMaintenanceDate = work.nextMaintenanceDate && dateOf(work.nextMaintenanceDate);
    await tx.device.update({
      where: { id: work.device.id },
      data: { nextMaintenanceDate: nextMaintenanceDate || null, version: { increment: 1 } },
    });
  }
  if (work.record.type === "calibration") await followCalibration(tx, ctx.now, { device: work.device, before: null });
}
