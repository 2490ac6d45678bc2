import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { DownloadSlots } from "@/server/http/download-slots";
import { problemResponse } from "@/server/http/problem";
import { readJson } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { makeLabelFile } from "@/server/services/labels/make-label-file";

export const dynamic = "force-dynamic";

/** A filter with ten thousand exceptions. */
const MAX_BODY_BYTES = 300_000;
/** Drawing labels is work for the processor: a process draws so many files at once. */
const MAX_AT_ONCE = 2;
const slots = new DownloadSlots();

/** Labels as PDF or ZPL, for who may print them; noted in the log of prints. */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  let giveBack: (() => void) | undefined;
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const input = await readJson(request, MAX_BODY_BYTES);
    giveBack = slots.take(MAX_AT_ONCE);
    const { name, contentType, content } = await makeLabelFile({ ctx: { db: database(), actor, now: new Date(), requestId }, input });
    return new Response(new Uint8Array(content), {
      headers: {
        "content-type": contentType,
        "content-length": String(content.length),
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
        "x-request-id": requestId,
      },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  } finally {
    giveBack?.();
  }
}
