import { Readable } from "node:stream";
import { loadDeviceFilters, toListInput } from "@/components/devices/list/device-filters";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { exportDevices } from "@/server/services/devices/list/export-devices";

export const dynamic = "force-dynamic";

/** The device list as CSV, by the same query as the page. */
export async function GET(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const filters = loadDeviceFilters(request);
    const now = new Date();
    const rows = exportDevices({
      ctx: { db: database(), actor, now, requestId },
      input: toListInput(filters, new URL(request.url).searchParams.get("onFarm")),
      columns: filters.cols,
    });
    // The first chunk before the headers: a refusal is a problem, not a broken file.
    const first = await rows.next();
    return new Response(Readable.toWeb(Readable.from(startingWith(first, rows))) as ReadableStream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="devices-${now.toISOString().slice(0, 10)}.csv"`,
        "cache-control": "no-store",
        "x-request-id": requestId,
      },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

async function* startingWith(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (!first.done) yield encoder.encode(first.value);
  for await (const text of rest) yield encoder.encode(text);
}
