import { isUnavailable } from "@/server/services/is-unavailable";
import { AppError, unavailable, type ErrorCode } from "@/server/errors";
import { logFor } from "@/server/log";

const log = logFor("http");

const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 400, title: "Invalid input" },
  unauthenticated: { status: 401, title: "Not authenticated" },
  forbidden: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Conflict" },
  precondition_failed: { status: 412, title: "Precondition failed" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  rate_limited: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Unavailable" },
  internal: { status: 500, title: "Internal error" },
};

/** RFC 9457 answer for any error; what was not thrown on purpose is logged and shown as one fixed sentence. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : isUnavailable(error) ? unavailable(error) : undefined;
  if (!known) log.error({ err: error, requestId }, "request failed");
  const code = known?.code ?? "internal";
  const { status, title } = STATUS[code];
  const body = {
    type: `urn:smart-dairy:problem:${code}`,
    title,
    status,
    code,
    detail: known?.message ?? `Something went wrong on our side. Reference: ${requestId}`,
    fields: known && Object.keys(known.fields).length > 0 ? known.fields : undefined,
    requestId,
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  if (known?.retryAfterSeconds) headers["retry-after"] = String(known.retryAfterSeconds);
  return Response.json(body, { status, headers });
}
