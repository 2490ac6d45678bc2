import { loadAuditFilters, toAuditInput } from "@/components/audit/audit-filters";
import { csvExport } from "@/server/http/csv-response";
import { exportAudit } from "@/server/services/audit/export-audit";

export const dynamic = "force-dynamic";

/** The audit log as CSV, by the same query as the page. */
export function GET(request: Request): Promise<Response> {
  const onFarm = new URL(request.url).searchParams.get("onFarm");
  const input = toAuditInput(loadAuditFilters(request), onFarm);
  return csvExport(request, "audit", (ctx) => exportAudit({ ctx, input }));
}
