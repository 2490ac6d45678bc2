import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { csvResponse } from "@/server/http/csv-response";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { exportImportRows } from "@/server/services/imports/export-rows";

export const dynamic = "force-dynamic";

/** Every row with its outcome as CSV; `?only=errors` for those that have to be mended. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const { fileName, lines } = await exportImportRows({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { id: (await params).id, only: new URL(request.url).searchParams.get("only") },
    });
    return await csvResponse(lines, { fileName, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
