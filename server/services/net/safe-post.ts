import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isLoopbackUrl, receiverUrlRefusal } from "@/server/domain/webhooks/receiver-url";
import { INTERNET, type Outside, publicAddressOf } from "./safe-fetch";

/** Of the answer; the rest is not read. */
const MAX_EXCERPT_BYTES = 2_048;

interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** For name, connection and answer together. */
  timeoutMs: number;
  /** Receivers on this machine, for development and tests. */
  allowLoopback: boolean;
  outside?: Outside;
}

/** What came of it. Whatever the other side does is a value, nothing is thrown. */
export interface PostResult {
  /** `null` = there was no answer, and `error` says why. */
  status: number | null;
  retryAfter: string | null;
  /** The beginning of the answer's body. */
  excerpt: string;
  latencyMs: number;
  error: string | null;
}

/**
 * Posts JSON to a server that somebody named, under the rules of {@link openOutside}: the address that is connected to
 * is the one that was checked, https only, no redirects, no credentials. The answer's body is read up to 2 KB.
 */
export async function postOutside(text: string, options: PostOptions): Promise<PostResult> {
  const began = performance.now();
  const result = (partial: Partial<PostResult>): PostResult => ({
    status: null,
    retryAfter: null,
    excerpt: "",
    error: null,
    ...partial,
    latencyMs: Math.round(performance.now() - began),
  });
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), options.timeoutMs);
  try {
    const refusal = receiverUrlRefusal(text, options);
    if (refusal) return result({ error: refusal });
    const response = await respond(new URL(text), timeout.signal, options);
    const status = response.statusCode ?? null;
    // The status has been given: a body that never ends changes nothing about it.
    const excerpt = await beginningOf(response).catch(() => "");
    return result({
      status,
      retryAfter: response.headers["retry-after"] ?? null,
      excerpt,
      error: status !== null && status >= 300 && status < 400 ? "Redirects are not followed" : null,
    });
  } catch (error) {
    return result({ error: timeout.signal.aborted ? `No answer within ${options.timeoutMs / 1_000} s` : describe(error) });
  } finally {
    clearTimeout(timer);
    timeout.abort();
  }
}

async function respond(url: URL, signal: AbortSignal, options: PostOptions): Promise<IncomingMessage> {
  const { body, headers, outside = INTERNET, allowLoopback } = options;
  const isLocal = allowLoopback && isLoopbackUrl(url.href);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // A resolver may take its time; nothing else ends its wait.
  const address = await Promise.race([isLocal ? loopbackAddressOf(host) : publicAddressOf(host, outside), ended(signal)]);
  const isSecure = url.protocol === "https:";
  const port = Number(url.port || (isSecure ? 443 : 80));
  const createConnection = (): Socket => (isSecure ? outside.connect({ address, host, port }) : connect({ host: address, port }));
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? requestSecure : requestPlain)(url, {
      method: "POST",
      signal,
      createConnection,
      defaultPort: isSecure ? 443 : 80,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "smart-dairy-webhooks",
        "accept-encoding": "identity",
        connection: "close",
      },
    });
    sent.once("response", resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

function loopbackAddressOf(host: string): Promise<string> {
  return Promise.resolve(isIP(host) ? host : "127.0.0.1");
}

async function ended(signal: AbortSignal): Promise<never> {
  await sleep(2 ** 30, undefined, { signal, ref: false });
  throw new Error("unreachable");
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_EXCERPT_BYTES) break;
  }
  // What a database can keep: no NUL.
  return Buffer.concat(chunks).subarray(0, MAX_EXCERPT_BYTES).toString("utf8").replaceAll("\u0000", "");
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return "The server does not answer";
  const { code = "" } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ECONNREFUSED":
      return "Nobody listens there";
    case "ECONNRESET":
    case "EPIPE":
      return "The server closed the connection without an answer";
    case "invalid_input":
      return error.message;
    default:
      return `The server does not answer, or not securely${code ? ` (${code})` : ""}`;
  }
}
