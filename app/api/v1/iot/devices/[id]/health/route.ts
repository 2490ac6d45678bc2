import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { getDeviceHealth } from "@/server/services/health/get-device-health";

export const dynamic = "force-dynamic";

/** Health of one device by its device ID (specification 7.2). */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const ctx = { db: database(), actor, now: new Date(), requestId };
    const health = await getDeviceHealth({ ctx, input: { deviceId: (await params).id } });
    return Response.json(health, { headers: { "cache-control": "no-store", "x-request-id": requestId } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
