import { env } from "@/server/env";
import { openArtifact } from "@/server/services/firmware/artifact-store";
import { byteRangeOf, isKnown, mayResume } from "./byte-range";
import { DownloadSlots } from "./download-slots";
import { fileBody } from "./file-body";

/** Of this process. */
const slots = new DownloadSlots();

/**
 * A firmware file as an HTTP answer (RFC 9110): all of it, one range, 304 or 416. Its ETag is its hash, so what was
 * begun anywhere goes on anywhere.
 * @throws unavailable while too many downloads are under way
 */
export async function firmwareResponse(request: Request, { sha256, sizeBytes }: { sha256: string; sizeBytes: number }): Promise<Response> {
  const etag = `"${sha256}"`;
  const common = {
    etag,
    "accept-ranges": "bytes",
    // A proxy that compresses would make another file of it.
    "cache-control": "private, no-transform",
  };
  if (isKnown(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers: common });
  const headers = {
    ...common,
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${sha256}.bin"`,
    "x-content-type-options": "nosniff",
  };
  if (request.method === "HEAD") return new Response(null, { headers: { ...headers, "content-length": String(sizeBytes) } });
  const range = mayResume(request.headers.get("if-range"), etag) ? byteRangeOf(request.headers.get("range"), sizeBytes) : "whole";
  if (range === "unsatisfiable")
    return new Response(null, { status: 416, headers: { ...common, "content-range": `bytes */${sizeBytes}`, "content-length": "0" } });

  const release = slots.take(env().FIRMWARE_MAX_DOWNLOADS);
  const file = await openArtifact(sha256).catch((error: unknown) => {
    release();
    throw error;
  });
  const part = range === "whole" ? { start: 0, end: sizeBytes - 1 } : range;
  const body = fileBody(file, part, { signal: request.signal, onEnd: release });
  const length = { "content-length": String(part.end - part.start + 1) };
  if (range === "whole") return new Response(body, { headers: { ...headers, ...length } });
  return new Response(body, {
    status: 206,
    headers: { ...headers, ...length, "content-range": `bytes ${part.start}-${part.end}/${sizeBytes}` },
  });
}
