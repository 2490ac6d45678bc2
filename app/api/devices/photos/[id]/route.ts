import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { readPhoto } from "@/server/services/photos/read-photo";

export const dynamic = "force-dynamic";

/**
 * One picture of a device, for who may read the device. Somebody uploaded it: it may be looked at, never run (its
 * Content-Security-Policy stands in next.config.mjs).
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const { id } = await params;
    const ctx = { db: database(), actor, now: new Date(), requestId };
    const { contentType, content } = await readPhoto({ ctx, input: { id } });
    return new Response(content, {
      headers: {
        "content-type": contentType,
        "content-length": String(content.length),
        "content-disposition": 'inline; filename="device"',
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, max-age=300",
      },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
