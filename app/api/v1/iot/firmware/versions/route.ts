import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { publishFirmwareVersions } from "@/server/services/firmware/publish-versions";

export const dynamic = "force-dynamic";

/**
 * Firmware versions (specification 7.2): `?deviceType=&state=` (each may be repeated), `search`, `pageSize`, `cursor`.
 */
export async function GET(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const { searchParams } = new URL(request.url);
    const pageSize = searchParams.get("pageSize");
    const page = await publishFirmwareVersions({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: {
        types: searchParams.getAll("deviceType"),
        states: searchParams.getAll("state"),
        search: searchParams.get("search") ?? undefined,
        cursor: searchParams.get("cursor"),
        pageSize: pageSize === null ? undefined : Number(pageSize),
      },
    });
    return Response.json(page, { headers: { "cache-control": "no-store", "x-request-id": requestId } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
