import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { csvResponse } from "@/server/http/csv-response";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { exportBatteries } from "@/server/services/overview/export-batteries";

export const dynamic = "force-dynamic";

/** The list of batteries as CSV, by the same query as the page. */
export async function GET(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const now = new Date();
    const { searchParams } = new URL(request.url);
    const input = { view: searchParams.get("view") ?? undefined, farmId: searchParams.get("farm") ?? undefined };
    const rows = exportBatteries({ ctx: { db: database(), actor, now, requestId }, input });
    return await csvResponse(rows, { fileName: `batteries-${now.toISOString().slice(0, 10)}.csv`, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
