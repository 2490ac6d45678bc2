import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { csvBody, fileNameOf } from "@/server/http/upload-body";
import { importByRequest } from "@/server/services/imports/import-by-request";
import { nudgeImports } from "@/server/services/imports/work-on-imports";

export const dynamic = "force-dynamic";

/**
 * Imports devices (specification 7.2): the body is the CSV file, `?mode=create|update|create_update`, `onError=skip|
 * all_or_nothing`, `defaultFarm=CODE`, `issueCredentials=true`, `dryRun=true`. `Idempotency-Key` makes a repeat harmless.
 */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "This request comes from another site.");
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const { searchParams } = new URL(request.url);
    const report = await importByRequest({
      ctx: { db: database(), actor, now: new Date(), requestId },
      input: {
        mode: searchParams.get("mode") ?? undefined,
        onError: searchParams.get("onError") ?? undefined,
        defaultFarm: searchParams.get("defaultFarm"),
        issueCredentials: isTrue(searchParams, "issueCredentials"),
        dryRun: isTrue(searchParams, "dryRun"),
        fileName: fileNameOf(request.headers),
        requestKey: request.headers.get("idempotency-key"),
      },
      chunks: csvBody(request),
    });
    nudgeImports(database());
    return Response.json(report, {
      status: 202,
      headers: { "cache-control": "no-store", "x-request-id": requestId, location: `/api/v1/iot/devices/import/${report.id}` },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

function isTrue(searchParams: URLSearchParams, name: string): boolean {
  return searchParams.get(name) === "true";
}
