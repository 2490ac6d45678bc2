import { AppError } from "@/server/errors";
import { problemResponse } from "./problem";

/** The version of the tus resumable upload protocol (https://tus.io/protocols/resumable-upload) that is spoken here. */
const TUS_VERSION = "1.0.0";
const OFFSET_TYPE = "application/offset+octet-stream";

/** An answer of the protocol: never cached, with its version. */
export function tusResponse(status: number, headers: Record<string, string> = {}, body: BodyInit | null = null): Response {
  return new Response(body, { status, headers: { "tus-resumable": TUS_VERSION, "cache-control": "no-store", ...headers } });
}

/** What the server speaks, for OPTIONS. */
export function tusCapabilities(maxBytes: number): Response {
  return tusResponse(204, {
    "tus-version": TUS_VERSION,
    "tus-extension": "creation,termination,expiration",
    "tus-max-size": String(maxBytes),
  });
}

/** The refusal of a request that is not one of the protocol; `undefined` = it is. */
export function tusMismatch(request: Request): Response | undefined {
  if (request.headers.get("tus-resumable") !== TUS_VERSION) return tusResponse(412, { "tus-version": TUS_VERSION });
  if (request.method === "PATCH" && request.headers.get("content-type")?.split(";")[0]?.trim() !== OFFSET_TYPE) return tusResponse(415);
  return undefined;
}

/** A problem (RFC 9457) as an answer of the protocol; `status` where the protocol has another than ours. */
export function tusProblem(error: unknown, requestId: string, status?: number): Response {
  const problem = problemResponse(error, requestId);
  return tusResponse(status ?? problem.status, Object.fromEntries(problem.headers), problem.body);
}

/**
 * A header that is a whole number of bytes.
 * @throws invalid_input
 */
export function bytesHeader(headers: Headers, name: string): number {
  const text = headers.get(name) ?? "";
  if (!/^\d{1,15}$/.test(text)) throw new AppError("invalid_input", `Send ${name} with a whole number of bytes.`);
  return Number(text);
}

/** `Upload-Metadata`: names with values in base64, `filename d29ybGQ=,sha256 …`. */
export function tusMetadata(headers: Headers): Record<string, string> {
  const pairs = (headers.get("upload-metadata") ?? "").split(",").map((pair) => pair.trim().split(" "));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, Buffer.from(value, "base64").toString("utf8")]));
}

/**
 * The bytes of a request as they arrive, never gathered.
 * @throws unavailable when the connection breaks: what has arrived stays, and the sender goes on from there
 */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  const { body } = request;
  if (!body) return;
  try {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw new AppError("unavailable", "The connection broke. What has arrived is kept; go on from there.", {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
}
