import { inTransaction } from "@/server/db/in-transaction";
import { dateOf, dayOf } from "@/server/domain/maintenance/calendar-day";
import { setMaintenanceDatesSchema } from "@/server/domain/maintenance/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { refreshCalibration } from "./refresh-calibration";

/**
 * Sets when a device is serviced next and how often it is calibrated when it differs from its kind.
 * @throws conflict when somebody else has edited the device since `version` was read
 */
export async function setMaintenanceDates({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { deviceId, version, nextMaintenanceDate, calibrationIntervalDays } = parseInput(setMaintenanceDatesSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (device.lifecycle === "decommissioned")
      throw new AppError("conflict", `${deviceId} is decommissioned; there is nothing left to plan.`);
    // Loses to an edit that was committed after the form was loaded.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, version },
      data: {
        nextMaintenanceDate: nextMaintenanceDate && dateOf(nextMaintenanceDate),
        calibrationIntervalDays,
        version: { increment: 1 },
      },
    });
    if (count === 0)
      throw new AppError("conflict", "Somebody else has changed this device meanwhile. Look at it again; yours was not saved.");
    await refreshCalibration(tx, ctx.now, { deviceKey: device.id });
    await announceWork(tx, ctx, {
      action: "maintenance.dates_set",
      device,
      before: {
        nextMaintenanceDate: device.nextMaintenanceDate && dayOf(device.nextMaintenanceDate),
        calibrationIntervalDays: device.calibrationIntervalDays,
      },
      after: { nextMaintenanceDate, calibrationIntervalDays },
    });
  });
}
