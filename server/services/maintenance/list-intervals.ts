import type { DeviceType } from "@/server/domain/devices/device-type";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface IntervalView {
  id: string;
  deviceType: DeviceType;
  /** Empty = every model of the type. */
  model: string;
  days: number;
}

interface FleetModel {
  deviceType: DeviceType;
  model: string;
  devices: number;
}

/** The calibration intervals, and which models there are in the fleet to set one for. Admins only. */
export async function listIntervals({ ctx }: { ctx: ServiceContext }): Promise<{ intervals: IntervalView[]; models: FleetModel[] }> {
  requireAdmin(ctx.actor);
  const [intervals, models] = await Promise.all([
    ctx.db.calibrationInterval.findMany({ orderBy: [{ deviceType: "asc" }, { model: "asc" }] }),
    ctx.db.device.groupBy({
      by: ["type", "model"],
      where: { lifecycle: { not: "decommissioned" } },
      _count: { _all: true },
      orderBy: [{ type: "asc" }, { model: "asc" }],
    }),
  ]);
  return {
    intervals: intervals.map(({ id, deviceType, model, days }) => ({ id, deviceType, model, days })),
    models: models.map(({ type, model, _count }) => ({ deviceType: type, model, devices: _count._all })),
  };
}
