import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { bytesHeader, tusCapabilities, tusMetadata, tusMismatch, tusProblem, tusResponse } from "@/server/http/tus";
import { startUpload, tooLarge } from "@/server/services/firmware/start-upload";

export const dynamic = "force-dynamic";

/** Announces a firmware file (tus 1.0, creation): its length, its name and, when known, its SHA-256. */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const mismatch = tusMismatch(request);
    if (mismatch) return mismatch;
    const sizeBytes = bytesHeader(request.headers, "Upload-Length");
    if (sizeBytes > env().FIRMWARE_MAX_BYTES) return tusProblem(tooLarge(sizeBytes), requestId, 413);
    const { filename, sha256 } = tusMetadata(request.headers);
    const { uploadId } = await startUpload({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { fileName: filename, sizeBytes, expectedSha256: sha256 },
    });
    return tusResponse(201, { location: `/api/firmware/uploads/${uploadId}`, "x-request-id": requestId });
  } catch (error) {
    return tusProblem(error, requestId);
  }
}

export function OPTIONS(): Response {
  return tusCapabilities(env().FIRMWARE_MAX_BYTES);
}
