import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Set by our own HTTP server from the socket; what a client sends under this name is overwritten. */
export const ADDRESS_HEADER = "x-smart-dairy-address";
export const REQUEST_ID_HEADER = "x-request-id";

/**
 * Who is calling: the socket's address, or what the trusted proxy in front of us wrote. Only the last hop is the
 * proxy's word; those before it are whatever the client sent.
 */
export function callerAddress(request: IncomingMessage, hasTrustedProxy: boolean): string {
  const forwarded = hasTrustedProxy ? String(request.headers["x-forwarded-for"] ?? "") : "";
  return forwarded.split(",").at(-1)?.trim() || request.socket.remoteAddress || "unknown";
}

/** The caller's address as our HTTP server stamped it. */
export function addressOf(headers: Headers): string {
  return headers.get(ADDRESS_HEADER) ?? "unknown";
}

/** The id under which this request appears in logs, audit and error messages. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get(REQUEST_ID_HEADER);
  return given && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
}

/**
 * Whether a browser sent this request from one of our own pages. Cookies alone do not tell: every site can make a
 * browser send them. Requests without either header come from no browser and carry no ambient cookies.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
