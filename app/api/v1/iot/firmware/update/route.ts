import { randomUUID } from "node:crypto";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readJson } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { scheduleUpdate } from "@/server/services/rollouts/schedule-update";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 64 * 1024;

/** Schedules a firmware update of named devices (specification 7.2); `Idempotency-Key` makes a repeat harmless. */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "This request comes from another site.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const input = await readJson(request, MAX_BODY_BYTES);
    const requestKey = request.headers.get("idempotency-key") ?? randomUUID();
    const scheduled = await scheduleUpdate({ ctx: { db: database(), actor, now: new Date(), requestId }, input, requestKey });
    return Response.json(scheduled, {
      status: 202,
      headers: { "cache-control": "no-store", "x-request-id": requestId, location: `/rollouts/${scheduled.id}` },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
