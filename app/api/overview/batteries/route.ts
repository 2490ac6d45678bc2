import { csvExport } from "@/server/http/csv-response";
import { exportBatteries } from "@/server/services/overview/export-batteries";

export const dynamic = "force-dynamic";

/** The list of batteries as CSV, by the same query as the page. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const input = { view: searchParams.get("view") ?? undefined, farmId: searchParams.get("farm") ?? undefined };
  return csvExport(request, "batteries", (ctx) => exportBatteries({ ctx, input }));
}
