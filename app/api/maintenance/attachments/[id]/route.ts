import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { readAttachment } from "@/server/services/maintenance/read-attachment";

export const dynamic = "force-dynamic";

/**
 * One picture of a maintenance record, for who may read its device. Somebody uploaded it: it may be looked at, never
 * run (its Content-Security-Policy stands in next.config.mjs).
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const { id } = await params;
    const { name, contentType, content } = await readAttachment({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: { id },
    });
    return new Response(content, {
      headers: {
        "content-type": contentType,
        "content-length": String(content.length),
        "content-disposition": `inline; filename="picture"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeSign)}`,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, max-age=300",
      },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** RFC 5987 leaves these out of what may stand unescaped. */
function escapeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
