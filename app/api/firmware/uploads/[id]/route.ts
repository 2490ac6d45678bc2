import { actorOfSession } from "@/server/auth/session-gate";
import type { UserActor } from "@/server/actor";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { bodyOf, bytesHeader, tusMismatch, tusProblem, tusResponse } from "@/server/http/tus";
import type { ServiceContext } from "@/server/services/context";
import { appendUpload, getUploadOffset } from "@/server/services/firmware/append-upload";
import { cancelUpload } from "@/server/services/firmware/cancel-upload";
import { getUpload } from "@/server/services/firmware/find-upload";

export const dynamic = "force-dynamic";

type Work = (ctx: ServiceContext<UserActor>, uploadId: string, request: Request) => Promise<Response>;

function handler(work: Work) {
  return async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const requestId = requestIdOf(request.headers);
    try {
      if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
      const actor = await actorOfSession(request.headers);
      if (!actor) throw new AppError("unauthenticated", "Sign in first.");
      const mismatch = request.method === "GET" ? undefined : tusMismatch(request);
      if (mismatch) return mismatch;
      return await work({ db: database(), actor, now: new Date(), requestId }, (await params).id, request);
    } catch (error) {
      return tusProblem(error, requestId);
    }
  };
}

/** How many bytes have arrived (tus 1.0). */
export const HEAD = handler(async (ctx, uploadId) => {
  const { offset, sizeBytes } = await getUploadOffset({ ctx, input: { uploadId } });
  return tusResponse(200, { "upload-offset": String(offset), "upload-length": String(sizeBytes) });
});

/** The next bytes, streamed to disk as they come (tus 1.0). */
export const PATCH = handler(async (ctx, uploadId, request) => {
  const offset = bytesHeader(request.headers, "Upload-Offset");
  const result = await appendUpload({ ctx, input: { uploadId, offset, body: bodyOf(request) } });
  return tusResponse(204, { "upload-offset": String(result.offset) });
});

/** Gives the upload up (tus 1.0, termination). */
export const DELETE = handler(async (ctx, uploadId) => {
  await cancelUpload({ ctx, input: { uploadId } });
  return tusResponse(204);
});

/** What became of it: the file in the store, or why there is none. */
export const GET = handler(async (ctx, uploadId) => {
  const view = await getUpload({ ctx, input: { uploadId } });
  return Response.json(view, { headers: { "cache-control": "no-store", "x-request-id": ctx.requestId } });
});
