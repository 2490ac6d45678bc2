import type { Transaction } from "@/server/db/client";
import { dateOf, dayOf } from "@/server/domain/maintenance/calendar-day";
import { lastCalibrationAfter } from "@/server/domain/maintenance/calibration";
import { refreshCalibration } from "./refresh-calibration";

interface ChangedRecord {
  device: { id: string; lastCalibrationDate: Date | null };
  /** Day on which the record said the calibration was done before it was changed; `null` when it did not. */
  before: string | null;
}

/** Takes over into the device what its calibration records say now, and judges its calibration again. */
export async function followCalibration(tx: Transaction, now: Date, { device, before }: ChangedRecord): Promise<void> {
  const row = await tx.maintenanceRecord.findFirst({
    where: { deviceKey: device.id, type: "calibration", status: "done", doneOn: { not: null } },
    orderBy: [{ doneOn: "desc" }, { updatedAt: "desc" }],
    select: { doneOn: true, certificate: true, deviation: true },
  });
  const newest = row?.doneOn ? { doneOn: dayOf(row.doneOn), certificate: row.certificate, deviation: row.deviation } : null;
  const last = lastCalibrationAfter(device.lastCalibrationDate && dayOf(device.lastCalibrationDate), before, newest);
  if (last === undefined) return;
  await tx.device.update({
    where: { id: device.id },
    data: {
      lastCalibrationDate: last && dateOf(last.doneOn),
      calibrationCertificate: last?.certificate ?? null,
      calibrationDeviation: last?.deviation ?? null,
      version: { increment: 1 },
    },
  });
  await refreshCalibration(tx, now, { deviceKey: device.id });
}
