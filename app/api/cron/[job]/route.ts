import { database } from "@/server/db/connection";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { isCronCaller } from "@/server/http/cron-caller";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { runJob } from "@/server/jobs/run-job";

export const dynamic = "force-dynamic";

/** Periodic work, called by the worker's clock or by any outside scheduler (DESIGN 1). */
async function handle(request: Request, { params }: { params: Promise<{ job: string }> }): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (!isCronCaller(request.headers, env().CRON_SECRET))
      throw new AppError("unauthenticated", "Send Authorization: Bearer with the CRON_SECRET.");
    const result = await runJob(database(), (await params).job);
    return Response.json(result, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

export { handle as GET, handle as POST };
