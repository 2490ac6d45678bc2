import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/server/errors";
import { problemResponse } from "./problem";
import { ADDRESS_HEADER, callerAddress, isSameOrigin, REQUEST_ID_HEADER, requestIdOf } from "./request-info";
import { type HeaderPolicy, newNonce, securityHeaders } from "./security-headers";

/** What only this server or Next itself may say inside; from outside it is a forgery. */
const INTERNAL_HEADERS = ["x-nonce", "content-security-policy", "content-security-policy-report-only", "x-middleware-subrequest"];
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface GuardPolicy extends HeaderPolicy {
  hasTrustedProxy: boolean;
}

/**
 * The door of the web server, before anything looks at a request: who is calling and under which id, headers that only
 * we may set, the security headers of the answer. Whatever changes something with a session's cookie must come from
 * one of our own pages, whichever route it is for.
 * @returns whether the request may go on; if not, it is answered
 */
export function guardRequest(request: IncomingMessage, response: ServerResponse, policy: GuardPolicy): boolean {
  for (const name of INTERNAL_HEADERS) delete request.headers[name];
  request.headers[ADDRESS_HEADER] = callerAddress(request, policy.hasTrustedProxy);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
  const requestId = requestIdOf(headers);
  request.headers[REQUEST_ID_HEADER] = requestId;

  const nonce = newNonce();
  const answerHeaders = securityHeaders(nonce, policy);
  // Next takes the nonce for its own scripts from the request.
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = answerHeaders["content-security-policy"];
  for (const [name, value] of Object.entries(answerHeaders)) response.setHeader(name, value);
  response.setHeader(REQUEST_ID_HEADER, requestId);

  if (READS.has(request.method ?? "GET") || !request.headers.cookie || isSameOrigin(headers)) return true;
  void refuse(response, requestId);
  return false;
}

async function refuse(response: ServerResponse, requestId: string): Promise<void> {
  const problem = problemResponse(new AppError("forbidden", "Requests from other sites are refused."), requestId);
  // What it wanted to send is not read: the connection ends with the answer.
  response.writeHead(problem.status, { ...Object.fromEntries(problem.headers), connection: "close" });
  response.end(await problem.text());
}
