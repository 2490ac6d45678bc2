import { z } from "zod";
import { dayOf, todayIn } from "@/server/domain/maintenance/calendar-day";
import { intervalOf } from "@/server/domain/maintenance/calibration";
import { allows } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { RECORD_INCLUDE, toRecordView } from "./views";

/** More than a device collects in its life; the newest come first. */
const MAX_RECORDS = 200;

export const listRecordsSchema = z.object({ deviceId: z.string().max(20) });

export type DeviceMaintenance = Awaited<ReturnType<typeof listRecords>>;

/** Everything about a device's maintenance: what is planned, what was done, and where its calibration stands. */
export async function listRecords({ ctx, input }: { ctx: ServiceContext; input: unknown }) {
  const { deviceId } = parseInput(listRecordsSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const [records, intervals] = await Promise.all([
    ctx.db.maintenanceRecord.findMany({
      where: { deviceKey: device.id },
      include: RECORD_INCLUDE,
      orderBy: { createdAt: "desc" },
      take: MAX_RECORDS,
    }),
    ctx.db.calibrationInterval.findMany({ where: { deviceType: device.type, model: { in: ["", device.model] } } }),
  ]);
  const daysOf = (model: string) => intervals.find((interval) => interval.model === model)?.days ?? null;
  const own = device.calibrationIntervalDays;
  const model = device.model ? daysOf(device.model) : null;
  return {
    device: {
      deviceId,
      version: device.version,
      lifecycle: device.lifecycle,
      nextMaintenanceDate: device.nextMaintenanceDate && dayOf(device.nextMaintenanceDate),
      maintenanceNotes: device.maintenanceNotes,
    },
    /** The day on the device's farm. */
    today: todayIn(device.farm.timeZone, ctx.now),
    calibration: {
      status: device.calibrationStatus,
      intervalDays: intervalOf({ own, model, type: daysOf("") }),
      ownIntervalDays: own,
      source: own !== null ? ("device" as const) : model !== null ? ("model" as const) : ("type" as const),
      lastDate: device.lastCalibrationDate && dayOf(device.lastCalibrationDate),
      nextDate: device.nextCalibrationDate && dayOf(device.nextCalibrationDate),
      certificate: device.calibrationCertificate,
      deviation: device.calibrationDeviation,
    },
    records: records.map(toRecordView),
    mayEdit: allows(ctx.actor, device.farmId, "device.edit"),
  };
}
