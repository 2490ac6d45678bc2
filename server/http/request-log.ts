import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from "./request-info";

/** Paths whose last part lets somebody in. */
const TOKEN_PATH = /^(\/(?:invite|reset)\/).+/;

/** One line for each answer: refusals of ours as warnings, the rest for whoever looks closer. Never a query or a token. */
export function logWhenAnswered(request: IncomingMessage, response: ServerResponse, log: Logger): void {
  const begun = performance.now();
  response.once("close", () => {
    const line = {
      requestId: request.headers[REQUEST_ID_HEADER],
      method: request.method,
      path: loggedPath(request.url ?? ""),
      status: response.statusCode,
      ms: Math.round(performance.now() - begun),
      address: request.headers[ADDRESS_HEADER],
    };
    if (response.statusCode >= 500) log.warn(line, "request failed");
    else log.debug(line, "request");
  });
}

/** The path of a URL as it may be read by others. */
export function loggedPath(url: string): string {
  const [path = ""] = url.split("?", 1);
  return path.replace(TOKEN_PATH, "$1[redacted]");
}
