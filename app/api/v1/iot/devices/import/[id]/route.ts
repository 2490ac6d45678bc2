import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { getImportReport } from "@/server/services/imports/import-by-request";

export const dynamic = "force-dynamic";

/** How far an import is, and its wrong rows (`?cursor=` for the next ones). */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const report = await getImportReport({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { id: (await params).id, cursor: Number(new URL(request.url).searchParams.get("cursor") ?? 0) },
    });
    return Response.json(report, { headers: { "cache-control": "no-store", "x-request-id": requestId } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
