import { loadDeviceFilters, toListInput } from "@/components/devices/list/device-filters";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { csvResponse } from "@/server/http/csv-response";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { exportDevices } from "@/server/services/devices/list/export-devices";

export const dynamic = "force-dynamic";

/** The device list as CSV, by the same query as the page. */
export async function GET(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const filters = loadDeviceFilters(request);
    const now = new Date();
    const rows = exportDevices({
      ctx: { db: database(), actor, now, requestId },
      input: toListInput(filters, new URL(request.url).searchParams.get("onFarm")),
      columns: filters.cols,
    });
    return await csvResponse(rows, { fileName: `devices-${now.toISOString().slice(0, 10)}.csv`, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
