/** Everything that can go wrong on purpose. Transports map these exhaustively; anything else is `internal`. */
export const ERROR_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "precondition_failed",
  "method_not_allowed",
  "rate_limited",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

interface AppErrorOptions {
  /** Message for each offending input field, keyed by its path (`deviceId`, `milkingSessions.0.name`). */
  fields?: Record<string, string>;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** A refusal or failure with a message that a person can act on. Nothing has been written when it is thrown. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The database or broker is away for a moment; sending the same again soon is right. */
export function unavailable(cause: unknown): AppError {
  return new AppError("unavailable", "Smart Dairy is busy or restarting. Try again in a few seconds.", { cause, retryAfterSeconds: 5 });
}

/** A refusal that belongs to one input field: message and field message are the same. */
export function fieldError(code: "invalid_input" | "conflict" | "not_found", field: string, message: string): AppError {
  return new AppError(code, message, { fields: { [field]: message } });
}
