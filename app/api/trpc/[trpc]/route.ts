import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readBody } from "@/server/http/read-json";
import { addressOf, isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { appRouter } from "@/server/trpc/root";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH = 20;

async function handle(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  let req = request;
  try {
    if (request.method === "POST") req = await boundedCopyOf(request);
  } catch (error) {
    return problemResponse(error, requestId);
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    allowMethodOverride: true,
    createContext: async () => ({
      db: database(),
      actor: await actorOfSession(request.headers),
      currentActor: () => actorOfSession(request.headers),
      address: addressOf(request.headers),
      requestId,
    }),
    responseMeta: () => ({ headers: { "cache-control": "no-store", "x-accel-buffering": "no", "x-request-id": requestId } }),
  });
}

async function boundedCopyOf(request: Request): Promise<Request> {
  if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
  if (!request.headers.get("content-type")?.startsWith("application/json")) throw new AppError("invalid_input", "Send application/json.");
  const body = await readBody(request, MAX_BODY_BYTES);
  return new Request(request.url, { method: "POST", headers: request.headers, body: new Uint8Array(body), signal: request.signal });
}

export { handle as GET, handle as POST };
