import { randomUUID } from "node:crypto";
import { env } from "@/server/env";

/** Set by our own HTTP server from the socket; what a client sends under this name is overwritten. */
export const ADDRESS_HEADER = "x-smart-dairy-address";
export const REQUEST_ID_HEADER = "x-request-id";

/** The caller's address: the socket's, or the first proxy hop's when a trusted proxy stands in front. */
export function addressOf(headers: Headers): string {
  if (env().TRUSTED_PROXY) {
    const hops = headers.get("x-forwarded-for")?.split(",") ?? [];
    const last = hops.at(-1)?.trim();
    if (last) return last;
  }
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
