import type { IncomingMessage, ServerResponse } from "node:http";
import send from "send";
import { database } from "@/server/db/connection";
import { DOWNLOAD_PATH } from "@/server/domain/firmware/download-url";
import { env } from "@/server/env";
import { artifactFolder } from "@/server/services/firmware/artifact-store";
import { openDownload } from "@/server/services/firmware/open-download";
import { DownloadSlots } from "./download-slots";
import { problemResponse } from "./problem";
import { REQUEST_ID_HEADER, requestIdOf } from "./request-info";

const CHUNK_BYTES = 262_144;
/** Who takes nothing for so long is gone. */
const PATIENCE_MS = 300_000;

/** Of this process. */
const slots = new DownloadSlots();

export function isFirmwareDownload(request: IncomingMessage): boolean {
  return request.url?.startsWith(DOWNLOAD_PATH) ?? false;
}

/**
 * A device fetches a firmware file by its signed link, in parts if it wants (docs/device-protocol.md, section 7.1): all
 * of it, one range, 304 or 416 (RFC 9110). Its ETag is its hash, so what was begun anywhere goes on anywhere. Answered
 * beside Next, which takes the Content-Length off whatever a route streams.
 */
export async function sendFirmware(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405, { allow: "GET, HEAD" }).end();
  try {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://device");
    const file = await openDownload({
      ctx: { db: database(), now: new Date() },
      input: {
        sha256: pathname.slice(DOWNLOAD_PATH.length),
        deviceId: searchParams.get("device") ?? "",
        expires: searchParams.get("expires") ?? "",
        signature: searchParams.get("signature") ?? "",
      },
    });
    // Ranges are a matter of GET alone.
    if (request.method === "HEAD") delete request.headers.range;
    else holdSlot(response);
    sendFile(request, response, file.sha256);
  } catch (error) {
    await sendProblem(request, response, error);
  }
}

/** @throws unavailable while too many downloads are under way */
function holdSlot(response: ServerResponse): void {
  const release = slots.take(env().FIRMWARE_MAX_DOWNLOADS);
  if (response.destroyed) return release();
  response.once("close", release);
  response.setTimeout(PATIENCE_MS, () => response.destroy());
}

function sendFile(request: IncomingMessage, response: ServerResponse, sha256: string): void {
  const name = `${sha256}.bin`;
  response.setHeader("etag", `"${sha256}"`);
  // A proxy that compresses would make another file of it.
  response.setHeader("cache-control", "private, no-transform");
  response.setHeader("content-disposition", `attachment; filename="${name}"`);
  response.setHeader("x-content-type-options", "nosniff");
  const options = { root: artifactFolder(), cacheControl: false, etag: false, lastModified: false, highWaterMark: CHUNK_BYTES };
  send(request, name, options)
    .on("error", (error: Error & { status?: number; headers?: Record<string, string> }) => {
      if (error.status === 416) response.writeHead(416, { ...error.headers, "content-length": 0 }).end();
      else void sendProblem(request, response, error);
    })
    .pipe(response);
}

async function sendProblem(request: IncomingMessage, response: ServerResponse, error: unknown): Promise<void> {
  const given = request.headers[REQUEST_ID_HEADER];
  const problem = problemResponse(error, requestIdOf(new Headers(typeof given === "string" ? { [REQUEST_ID_HEADER]: given } : {})));
  const body = await problem.text();
  if (response.headersSent) return void response.destroy();
  response.removeHeader("etag");
  response.writeHead(problem.status, Object.fromEntries(problem.headers)).end(request.method === "HEAD" ? undefined : body);
}
