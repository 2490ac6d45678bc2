import { database } from "@/server/db/connection";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { firmwareResponse } from "@/server/http/firmware-response";
import { openDownload } from "@/server/services/firmware/open-download";

export const dynamic = "force-dynamic";

/** A device fetches a firmware file by its signed link, in parts if it wants (docs/device-protocol.md, section 7.1). */
async function download(request: Request, { params }: { params: Promise<{ sha256: string }> }): Promise<Response> {
  try {
    const { sha256 } = await params;
    const { searchParams } = new URL(request.url);
    const [deviceId, expires, signature] = ["device", "expires", "signature"].map((name) => searchParams.get(name) ?? "") as [
      string,
      string,
      string,
    ];
    const file = await openDownload({ ctx: { db: database(), now: new Date() }, input: { sha256, deviceId, expires, signature } });
    return await firmwareResponse(request, file);
  } catch (error) {
    return problemResponse(error, requestIdOf(request.headers));
  }
}

export { download as GET, download as HEAD };
