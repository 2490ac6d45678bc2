import { database } from "@/server/db/connection";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { isCronCaller } from "@/server/http/cron-caller";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { renderMetrics } from "@/server/services/metrics/render-metrics";

export const dynamic = "force-dynamic";

/** For Prometheus: numbers of the whole installation, so never without the secret. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { METRICS_SECRET, CRON_SECRET } = env();
    if (!isCronCaller(request.headers, METRICS_SECRET ?? CRON_SECRET))
      throw new AppError("unauthenticated", "Send Authorization: Bearer with the METRICS_SECRET, or the CRON_SECRET while there is none.");
    const { contentType, text } = await renderMetrics(database());
    return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error, requestIdOf(request.headers));
  }
}
