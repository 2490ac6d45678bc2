import type { Caller, KeyActor } from "@/server/actor";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { addressOf } from "@/server/http/request-info";
import { authenticateApiKey, type AuthenticKey } from "@/server/services/api-keys/authenticate-api-key";
import { consumeRateLimit, type RateLimitUse } from "@/server/services/rate-limits/consume-rate-limit";
import { mintKeyScope } from "./mint-farm-scope";
import { actorOfSession } from "./session-gate";

/** Requests of one API key, and of one person over REST. */
const MAX_PER_MINUTE = 600;
/** Wrong keys from one address. They cannot be guessed; this spares the database. */
const MAX_WRONG_PER_MINUTE = 60;

const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?smart-dairy\.session_token=/;

/** Whether a request comes with an API key, and so with nothing that a browser would add by itself. */
export function hasApiKey(headers: Headers): boolean {
  return headers.has("authorization");
}

/**
 * Who calls: a program by `Authorization: Bearer sdk_…`, or a person by the session cookie. Never both: a page that makes a
 * browser call with a key must not act for whoever is signed in there.
 * @throws invalid_input for both at once, unauthenticated for a key that opens nothing
 */
export async function callerOf(headers: Headers): Promise<Caller | undefined> {
  const authorization = headers.get("authorization");
  if (authorization === null) return actorOfSession(headers);
  if (SESSION_COOKIE.test(headers.get("cookie") ?? ""))
    throw new AppError("invalid_input", "Send either an API key or a session cookie, not both.");
  const [scheme, secret, ...rest] = authorization.trim().split(/\s+/);
  const isBearer = scheme?.toLowerCase() === "bearer" && secret !== undefined && rest.length === 0;
  const key = isBearer ? await authenticateApiKey(database(), { secret, now: new Date(), address: addressOf(headers) }) : undefined;
  if (key) return actorOf(key);
  await consumeRateLimit(database(), { key: `api-key-wrong:${addressOf(headers)}`, max: MAX_WRONG_PER_MINUTE, windowSeconds: 60 });
  throw new AppError("unauthenticated", "This API key opens nothing: it is unknown, expired or revoked. Send Authorization: Bearer sdk_…");
}

function actorOf(key: AuthenticKey): KeyActor {
  return {
    kind: "api_key",
    keyId: key.id,
    userId: key.owner.id,
    name: `API key “${key.name}”`,
    isAdmin: false,
    scope: mintKeyScope(key.owner, key),
  };
}

/** Counts one request of a caller. @throws rate_limited with the seconds to wait */
export function consumeCallerLimit(caller: Caller): Promise<RateLimitUse> {
  const key = caller.kind === "api_key" ? `api-key:${caller.keyId}` : `api-person:${caller.userId}`;
  return consumeRateLimit(database(), { key, max: MAX_PER_MINUTE, windowSeconds: 60 });
}
