import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { csvResponse } from "@/server/http/csv-response";
import { problemResponse } from "@/server/http/problem";
import { readJson } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { takeCredentials } from "@/server/services/imports/take-credentials";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1_024;

/** The passwords of the new devices as CSV, once. By POST: reading them is an act, and its key belongs into no log. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const body = (await readJson(request, MAX_BODY_BYTES)) as { requestKey?: unknown } | null;
    const lines = await takeCredentials({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { id: (await params).id, requestKey: body?.requestKey },
    });
    return await csvResponse(lines, { fileName: "device-credentials.csv", requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
