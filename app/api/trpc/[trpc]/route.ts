import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Caller } from "@/server/actor";
import { callerOf, consumeCallerLimit, hasApiKey } from "@/server/auth/caller-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readBody } from "@/server/http/read-json";
import { addressOf, isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { toTrpcError } from "@/server/trpc/init";
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
      actor: await countedCallerOf(request.headers).catch((error: unknown) => {
        throw toTrpcError(error);
      }),
      currentActor: () => callerOf(request.headers),
      address: addressOf(request.headers),
      requestId,
    }),
    responseMeta: () => ({ headers: { "cache-control": "no-store", "x-accel-buffering": "no", "x-request-id": requestId } }),
  });
}

async function countedCallerOf(headers: Headers): Promise<Caller | undefined> {
  const caller = await callerOf(headers);
  if (caller?.kind === "api_key") await consumeCallerLimit(caller);
  return caller;
}

async function boundedCopyOf(request: Request): Promise<Request> {
  if (!hasApiKey(request.headers) && !isSameOrigin(request.headers))
    throw new AppError("forbidden", "Requests from other sites are refused.");
  if (!request.headers.get("content-type")?.startsWith("application/json")) throw new AppError("invalid_input", "Send application/json.");
  const body = await readBody(request, MAX_BODY_BYTES);
  return new Request(request.url, { method: "POST", headers: request.headers, body: new Uint8Array(body), signal: request.signal });
}

export { handle as GET, handle as POST };
