import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import superjson from "superjson";
import type { Caller } from "@/server/actor";
import type { Database } from "@/server/db/client";
import { isUnavailable } from "@/server/services/is-unavailable";
import { AppError, unavailable, type ErrorCode } from "@/server/errors";
import { logFor } from "@/server/log";
import type { ServiceContext } from "@/server/services/context";

const log = logFor("trpc");

export interface TrpcContext {
  db: Database;
  actor: Caller | undefined;
  /** Reads the caller's rights again, for streams that outlive a change of them. */
  currentActor: () => Promise<Caller | undefined>;
  address: string;
  requestId: string;
}

const TRPC_CODES: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  invalid_input: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  precondition_failed: "PRECONDITION_FAILED",
  method_not_allowed: "METHOD_NOT_SUPPORTED",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  errorFormatter: ({ shape, error, ctx }) => {
    const known = error.cause instanceof AppError ? error.cause : undefined;
    const isOurs = known !== undefined || error.code !== "INTERNAL_SERVER_ERROR";
    return {
      ...shape,
      message: isOurs ? shape.message : `Something went wrong on our side. Reference: ${ctx?.requestId ?? "none"}`,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, errorCode: known?.code ?? "internal", fields: known?.fields ?? {} },
    };
  },
});

/** The tRPC error for a refusal; anything else stays what it is. */
export function toTrpcError(error: unknown): unknown {
  const cause = isUnavailable(error) ? unavailable(error) : error;
  return cause instanceof AppError ? new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause }) : error;
}

/** Turns refusals of services into tRPC errors, and logs what nobody expected. */
const translateErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = isUnavailable(result.error.cause) ? unavailable(result.error.cause) : result.error.cause;
  if (cause instanceof AppError) {
    if (cause.code === "unavailable") log.warn({ err: cause.cause, requestId: ctx.requestId, path }, "database unavailable");
    throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    log.error({ err: cause ?? result.error, requestId: ctx.requestId, path }, "procedure failed");
  return result;
});

export const router = t.router;

/** For people who are not signed in: setup and invitations. */
export const publicProcedure = t.procedure.use(translateErrors);

/** For a signed-in person; `ctx.service` is what services take. */
export const procedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  const service: ServiceContext<Caller> = { db: ctx.db, actor: ctx.actor, now: new Date(), requestId: ctx.requestId };
  return next({ ctx: { ...ctx, actor: ctx.actor, service } });
});
