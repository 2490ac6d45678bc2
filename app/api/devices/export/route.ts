import { loadDeviceFilters, toListInput } from "@/components/devices/list/device-filters";
import { csvExport } from "@/server/http/csv-response";
import { exportDevices } from "@/server/services/devices/list/export-devices";

export const dynamic = "force-dynamic";

/** The device list as CSV, by the same query as the page. */
export function GET(request: Request): Promise<Response> {
  const filters = loadDeviceFilters(request);
  const input = toListInput(filters, new URL(request.url).searchParams.get("onFarm"));
  return csvExport(request, "devices", (ctx) => exportDevices({ ctx, input, columns: filters.cols }));
}
