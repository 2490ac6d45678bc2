import type { WebhookOffReason } from "./vocabulary";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Until the next attempt, after the first, second … failure: a day in all, then it is a dead letter. */
export const RETRY_DELAYS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
] as const;
/** Each wait is up to this share longer or shorter, so that what failed together does not come back together. */
export const JITTER = 0.2;
/** No receiver can ask for more. */
const MAX_RETRY_AFTER_MS = 6 * HOUR;
/** An endpoint that has answered nothing well for so long is switched off. */
export const OFF_AFTER_MS = 5 * DAY;

/** How an attempt went. `status: null` = there was no answer. */
export interface AttemptResult {
  status: number | null;
  retryAfter: string | null;
}

export type AfterAttempt =
  | { state: "delivered" }
  | { state: "dead" }
  /** `holdUntil`: the endpoint wants no message at all before. */
  | { state: "waiting"; dueAt: Date; holdUntil: Date | null };

/** Any 2xx. A redirect is none: it is not followed. */
export function isAccepted(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/**
 * What becomes of a delivery after an attempt.
 * @param attempts how many there have been, this one included
 * @param random 0 … 1
 */
export function decideAfterAttempt({ status, retryAfter }: AttemptResult, attempts: number, now: Date, random: number): AfterAttempt {
  if (isAccepted(status)) return { state: "delivered" };
  const delay = RETRY_DELAYS_MS[attempts - 1];
  if (delay === undefined) return { state: "dead" };
  const backOff = now.getTime() + delay * (1 - JITTER + 2 * JITTER * random);
  const asked = parseRetryAfter(retryAfter, now);
  const holds = asked !== undefined && (status === 429 || status === 503);
  return {
    state: "waiting",
    dueAt: new Date(Math.max(backOff, asked?.getTime() ?? 0)),
    holdUntil: holds ? asked : null,
  };
}

/** RFC 9110 10.2.3: seconds or a date; what lies in the past or cannot be read is none, what is too far is cut. */
function parseRetryAfter(text: string | null, now: Date): Date | undefined {
  if (text === null) return undefined;
  const at = /^\d{1,9}$/.test(text.trim()) ? now.getTime() + Number(text) * SECOND : Date.parse(text);
  if (Number.isNaN(at) || at <= now.getTime()) return undefined;
  return new Date(Math.min(at, now.getTime() + MAX_RETRY_AFTER_MS));
}

/** Whether an endpoint is switched off: it says that it is gone (410), or has failed for days. */
export function offReasonOf(statuses: readonly (number | null)[], failingSince: Date | null, now: Date): WebhookOffReason | null {
  if (statuses.some(isAccepted)) return null;
  if (statuses.includes(410)) return "gone";
  return failingSince && now.getTime() - failingSince.getTime() >= OFF_AFTER_MS ? "failing" : null;
}
