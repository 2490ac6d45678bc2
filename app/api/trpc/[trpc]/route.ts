import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { addressOf, isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { appRouter } from "@/server/trpc/root";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH = 20;

async function handle(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const refusal = refusalOf(request);
  if (refusal) return problemResponse(refusal, requestId);
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: async () => ({
      db: database(),
      actor: await actorOfSession(request.headers),
      address: addressOf(request.headers),
      requestId,
    }),
    responseMeta: () => ({ headers: { "cache-control": "no-store", "x-accel-buffering": "no", "x-request-id": requestId } }),
  });
}

function refusalOf(request: Request): AppError | undefined {
  if (request.method !== "POST") return undefined;
  if (!isSameOrigin(request.headers)) return new AppError("forbidden", "Requests from other sites are refused.");
  if (!request.headers.get("content-type")?.startsWith("application/json")) return new AppError("invalid_input", "Send application/json.");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES)
    return new AppError("invalid_input", `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  return undefined;
}

export { handle as GET, handle as POST };
