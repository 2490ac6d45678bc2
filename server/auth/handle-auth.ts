import { createHash } from "node:crypto";
import { z } from "zod";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { readBody } from "@/server/http/read-json";
import { isSameOrigin, requestIdOf } from "@/server/http/request-info";
import { recordSession } from "@/server/services/people/record-session";
import { consumeRateLimit, giveBackRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { auth } from "./auth";
import { actorOfSession } from "./session-gate";

const MAX_BODY_BYTES = 16_384;
/** Wrong passwords for one person, from wherever they come; better-auth counts each address besides. */
const PERSON_LIMIT = { max: 20, windowSeconds: 900 };

const emailOf = z.object({ email: z.string().max(254) });
const signedIn = z.object({ user: z.object({ id: z.string(), name: z.string() }) });

// Everything else better-auth offers stays closed: what is not reachable cannot be attacked.
const ACTIONS: Record<string, "signed_in" | "signed_out" | "password_changed"> = {
  "/api/auth/sign-in/email": "signed_in",
  "/api/auth/sign-out": "signed_out",
  "/api/auth/change-password": "password_changed",
};

/**
 * Signs people in and out: better-auth behind bounds of our own, and written down in the audit. An answer says only
 * whether it went well; the session is in its cookie and nowhere else.
 */
export async function handleAuth(request: Request): Promise<Response> {
  const action = ACTIONS[new URL(request.url).pathname];
  if (!action) return new Response(null, { status: 404 });
  const requestId = requestIdOf(request.headers);
  try {
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "Requests from other sites are refused.");
    if (!request.headers.get("content-type")?.startsWith("application/json")) throw new AppError("invalid_input", "Send application/json.");
    const body = await readBody(request, MAX_BODY_BYTES);
    const person = action === "signed_in" ? await countAttempt(body) : undefined;
    const actor = action === "signed_in" ? undefined : await actorOfSession(request.headers);
    const answer = await auth().handler(new Request(request.url, { method: "POST", headers: request.headers, body: new Uint8Array(body) }));
    if (!answer.ok) return answer;
    const content: unknown = await answer.clone().json();
    if (person) await giveBackRateLimit(database(), person);
    const who = actor ? { id: actor.userId, name: actor.name } : signedIn.safeParse(content).data?.user;
    if (who) await recordSession(database(), { who, action, now: new Date(), requestId });
    return withoutBody(answer);
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** @returns the key of what was counted, to give it back */
async function countAttempt(body: Buffer): Promise<string | undefined> {
  const email = emailOf.safeParse(parsed(body)).data?.email;
  if (!email) return undefined;
  const key = `sign-in-person:${createHash("sha256").update(email.trim().toLowerCase()).digest("hex")}`;
  await consumeRateLimit(database(), { key, ...PERSON_LIMIT });
  return key;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function withoutBody(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const name of ["content-length", "content-type", "location"]) headers.delete(name);
  headers.set("cache-control", "no-store");
  return Response.json({}, { headers });
}
