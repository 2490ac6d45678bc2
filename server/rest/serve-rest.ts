import { createHash, randomUUID } from "node:crypto";
import type { Caller } from "@/server/actor";
import { callerOf, consumeCallerLimit, hasApiKey } from "@/server/auth/caller-gate";
import { database } from "@/server/db/connection";
import { AppError, fieldError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readBody } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { requireScope } from "@/server/services/authorize";
import { answerRequestOnce, type StoredAnswer } from "@/server/services/idempotency/answer-request-once";
import { parseInput } from "@/server/services/parse";
import type { RateLimitUse } from "@/server/services/rate-limits/consume-rate-limit";
import { findRoute } from "./find-route";
import { readQuery } from "./read-query";
import type { RestCall, RestRoute } from "./route";

const MAX_BODY_BYTES = 256 * 1024;

/** Answers any request below /api/v1/iot by the table of routes; whatever goes wrong is a problem (RFC 9457). */
export async function serveRest(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const headers: Record<string, string> = { "cache-control": "no-store", "x-request-id": requestId };
  try {
    const { route, params } = findRoute(request.method, new URL(request.url).pathname, headers);
    const caller = await admit(request, headers);
    if (caller.kind === "api_key") requireScope(caller, route.scope);
    const { status, headers: further, body } = await answer(request, { route, params, caller, requestId });
    const etag = request.method === "GET" ? (further.etag ?? `"${hashOf(body)}"`) : further.etag;
    const all = { ...headers, ...further, ...(etag ? { etag } : {}) };
    if (request.method === "GET" && etag && matches(request.headers.get("if-none-match"), etag))
      return new Response(null, { status: 304, headers: all });
    return new Response(body, { status, headers: { ...all, "content-type": "application/json" } });
  } catch (error) {
    const problem = problemResponse(error, requestId);
    for (const [name, value] of Object.entries(headers)) problem.headers.set(name, value);
    if (error instanceof AppError && error.code === "unauthenticated") problem.headers.set("www-authenticate", "Bearer");
    return problem;
  }
}

/** Who calls, counted. @throws unauthenticated, forbidden from another site, rate_limited */
async function admit(request: Request, headers: Record<string, string>): Promise<Caller> {
  if (request.method !== "GET" && !hasApiKey(request.headers) && !isSameOrigin(request.headers))
    throw new AppError("forbidden", "This request comes from another site.");
  const caller = await callerOf(request.headers);
  if (!caller) throw new AppError("unauthenticated", "Sign in, or send Authorization: Bearer sdk_…");
  try {
    tellLimit(headers, await consumeCallerLimit(caller));
  } catch (error) {
    if (error instanceof AppError && error.retryAfterSeconds) headers.ratelimit = `"default";r=0;t=${error.retryAfterSeconds}`;
    throw error;
  }
  return caller;
}

/** The IETF draft's fields (draft-ietf-httpapi-ratelimit-headers): what is allowed, what is left, seconds until it is again. */
function tellLimit(headers: Record<string, string>, { limit, remaining, resetSeconds }: RateLimitUse): void {
  headers["ratelimit-policy"] = `"default";q=${limit};w=60`;
  headers.ratelimit = `"default";r=${remaining};t=${resetSeconds}`;
}

interface Admitted {
  route: RestRoute;
  params: Record<string, string>;
  caller: Caller;
  requestId: string;
}

async function answer(request: Request, { route, params, caller, requestId }: Admitted): Promise<StoredAnswer> {
  const { pathname, search, searchParams } = new URL(request.url);
  const key = request.headers.get("idempotency-key");
  const callerKey = `${caller.kind}:${caller.kind === "api_key" ? caller.keyId : caller.userId}`;
  const bytes = route.method === "GET" || route.takesCsv ? undefined : await readBody(request, MAX_BODY_BYTES);
  const call: RestCall = {
    ctx: { db: database(), actor: caller, now: new Date(), requestId },
    params,
    query: readQuery(searchParams, route.query),
    body: bytes ? bodyOf(request, bytes, route) : {},
    request,
    idempotencyKey: key,
    requestKey: createHash("sha256")
      .update(`${callerKey}\n${pathname}\n${key ?? randomUUID()}`)
      .digest("base64url"),
    version: route.takesIfMatch ? versionOf(request.headers.get("if-match")) : undefined,
  };
  if (key === null || !bytes) return produce(route, call);
  const content = Buffer.concat([Buffer.from(`${request.method} ${pathname}${search}\n`), bytes]);
  const { isRepeat, ...stored } = await answerRequestOnce(call.ctx.db, { caller: callerKey, key, content }, () => produce(route, call));
  return isRepeat ? { ...stored, headers: { ...stored.headers, "idempotent-replayed": "true" } } : stored;
}

async function produce(route: RestRoute, call: RestCall): Promise<StoredAnswer> {
  const value = route.answer.parse(await route.handle(call)) as Record<string, unknown>;
  const body = JSON.stringify(value);
  const headers: Record<string, string> = {};
  if (route.location) headers.location = route.location(value);
  if (typeof value.version === "number" && typeof call.params.id === "string") headers.etag = `"${value.version}.${hashOf(body)}"`;
  return { status: route.status, headers, body };
}

function bodyOf(request: Request, bytes: Buffer, route: RestRoute): Record<string, unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (bytes.length > 0 && type !== "application/json")
    throw new AppError("invalid_input", "Send the body as Content-Type: application/json.");
  let body: unknown = {};
  try {
    if (bytes.length > 0) body = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause: error });
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new AppError("invalid_input", "The body must be a JSON object.");
  if (route.body) parseInput(route.body, body);
  else if (Object.keys(body).length > 0) throw new AppError("invalid_input", "This request takes no body.");
  return body as Record<string, unknown>;
}

function versionOf(ifMatch: string | null): number | undefined {
  if (ifMatch === null || ifMatch.trim() === "*") return undefined;
  const version = /^\s*"(\d{1,9})(?:\.[^"]*)?"\s*$/.exec(ifMatch)?.[1];
  if (!version) throw fieldError("invalid_input", "If-Match", "Expected the ETag of what was read, with its quotation marks");
  return Number(version);
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  return ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*") ?? false;
}

function hashOf(body: string): string {
  return createHash("sha256").update(body).digest("base64url").slice(0, 22);
}
