import { createHash } from "node:crypto";
import { z } from "zod";
import type { UserActor } from "@/server/actor";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readBody } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { recordSession } from "@/server/services/people/record-session";
import { consumeRateLimit, giveBackRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { auth } from "./auth";
import { ENDPOINTS, SIGN_IN } from "./endpoints";
import { actorOfSession } from "./session-gate";

const MAX_BODY_BYTES = 16_384;
/** Wrong passwords for one person, from wherever they come; better-auth counts each address besides. */
const PERSON_LIMIT = { max: 20, windowSeconds: 900 };

const emailOf = z.object({ email: z.string().max(254) });
const anyObject = z.record(z.string(), z.unknown());
const signedIn = z.object({ user: z.object({ id: z.string(), name: z.string() }) });

/**
 * Signs people in and out, and keeps their second factor: better-auth behind bounds of our own, and written down in the
 * audit. An answer says only whether it went well; the session is in its cookie and nowhere else.
 */
export async function handleAuth(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (!endpoint) return new Response(null, { status: 404 });
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    if (!request.headers.get("content-type")?.startsWith("application/json")) throw new AppError("invalid_input", "Send application/json.");
    const body = pick(parsed(await readBody(request, MAX_BODY_BYTES)), endpoint.fields);
    // Who signs in is whoever the password says, not who was signed in here before.
    const actor = path === SIGN_IN ? undefined : await actorOfSession(request.headers);
    if (actor && "code" in body) await refuseIfConfirmed(actor);
    const counted = endpoint.fields.length > 0 ? await countAttempt(actor, body) : undefined;
    const answer = await auth().handler(
      new Request(request.url, { method: "POST", headers: withoutLength(request.headers), body: JSON.stringify(body) }),
    );
    if (!answer.ok) return answer;
    const content = parsed(await answer.clone().text());
    if (counted) await giveBackRateLimit(database(), counted);
    const action = actor ? endpoint.whenSignedIn : endpoint.whenSignedOut;
    const who = actor ? { id: actor.userId, name: actor.name } : signedIn.safeParse(content).data?.user;
    if (action && who) await recordSession(database(), { who, action, now: new Date(), requestId });
    // The password was right, and nobody is signed in before the code is.
    return answerWith(content.twoFactorRedirect === true ? { secondFactor: true } : pick(content, endpoint.answers ?? []), answer.headers);
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** A code of somebody who is signed in confirms a second factor that was begun, and does nothing else. */
async function refuseIfConfirmed({ userId }: UserActor): Promise<void> {
  const user = await database().user.findUnique({ where: { id: userId }, select: { twoFactorEnabled: true } });
  if (user?.twoFactorEnabled) throw new AppError("conflict", "You are signed in already.");
}

/**
 * Counts what may be a wrong password: of the address it is for, or of who is signed in (whoever found an open browser
 * must not guess there). Codes of a sign-in are counted by better-auth, for each person and challenge.
 * @returns the key of what was counted, to give it back
 */
async function countAttempt(actor: UserActor | undefined, body: Record<string, unknown>): Promise<string | undefined> {
  const email = emailOf.safeParse(body).data?.email;
  const key = actor
    ? `password-person:${actor.userId}`
    : email && `sign-in-person:${createHash("sha256").update(email.trim().toLowerCase()).digest("hex")}`;
  if (!key) return undefined;
  await consumeRateLimit(database(), { key, ...PERSON_LIMIT });
  return key;
}

/** @throws invalid_input for anything but an object */
function parsed(text: Buffer | string): Record<string, unknown> {
  try {
    return anyObject.parse(JSON.parse(text.toString()));
  } catch {
    throw new AppError("invalid_input", "Send a JSON object.");
  }
}

function pick(content: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => Object.hasOwn(content, field)).map((field) => [field, content[field]]));
}

function withoutLength(from: Headers): Headers {
  const headers = new Headers(from);
  headers.delete("content-length");
  return headers;
}

function answerWith(content: Record<string, unknown>, from: Headers): Response {
  const headers = withoutLength(from);
  for (const name of ["content-type", "location"]) headers.delete(name);
  headers.set("cache-control", "no-store");
  return Response.json(content, { headers });
}
