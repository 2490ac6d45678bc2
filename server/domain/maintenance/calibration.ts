import type { CalibrationStatus } from "../devices/vocabulary";
import { addDays } from "./calendar-day";

/** So many days before its date a calibration counts as due. */
export const CALIBRATION_DUE_DAYS = 14;
export const MAX_INTERVAL_DAYS = 3650;

/** The intervals that could apply to one device, in days; `null` where none is set. */
export interface CalibrationIntervals {
  own: number | null;
  model: number | null;
  type: number | null;
}

interface Calibration {
  status: CalibrationStatus;
  /** Day; `null` when none is required, or when the first one has yet to be made. */
  nextDate: string | null;
}

/** The most particular interval wins: the device's own, its model's, its type's. */
export function intervalOf({ own, model, type }: CalibrationIntervals): number | null {
  return own ?? model ?? type;
}

/**
 * Where a device stands with its calibration (specification Task 1.1 `calibration_status`). Without an interval none is
 * required. A device that needs calibration and has no recorded one is due: nothing shows that it measures right.
 * @param lastDate day of the last calibration
 * @param today the day on the device's farm
 */
export function calibrationOf(intervalDays: number | null, lastDate: string | null, today: string): Calibration {
  if (intervalDays === null) return { status: "not_required", nextDate: null };
  if (lastDate === null) return { status: "due", nextDate: null };
  const nextDate = addDays(lastDate, intervalDays);
  if (nextDate < today) return { status: "overdue", nextDate };
  return { status: nextDate <= addDays(today, CALIBRATION_DUE_DAYS) ? "due" : "valid", nextDate };
}

/** What a device page says of the last calibration. */
export interface CalibrationFacts {
  /** Day. */
  doneOn: string;
  certificate: string | null;
  deviation: string | null;
}

/**
 * What a device's last calibration is after one of its records changed.
 * @param current day the device says now
 * @param before day the changed record said before, `null` when it was not a finished calibration
 * @param newest the newest finished calibration on record now
 * @returns the new last calibration, `null` for none, `undefined` when the device's own word stands
 */
export function lastCalibrationAfter(
  current: string | null,
  before: string | null,
  newest: CalibrationFacts | null,
): CalibrationFacts | null | undefined {
  // The device's word came from the record that was changed: what the records say now takes its place.
  if (before !== null && before === current) return newest;
  // A record that is filed later for work done earlier does not turn the clock back.
  if (newest && (current === null || newest.doneOn >= current)) return newest;
  return undefined;
}
