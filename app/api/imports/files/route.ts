import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { csvBody, fileNameOf } from "@/server/http/upload-body";
import { receiveFile } from "@/server/services/imports/receive-file";

export const dynamic = "force-dynamic";

/** A file of devices, streamed to disk as it comes; it becomes an import that waits for its columns. */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const view = await receiveFile({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { fileName: fileNameOf(request.headers) },
      chunks: csvBody(request),
    });
    return Response.json({ id: view.id }, { status: 201, headers: { "cache-control": "no-store", "x-request-id": requestId } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
