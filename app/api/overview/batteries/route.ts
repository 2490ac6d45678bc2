import { Readable } from "node:stream";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { exportBatteries } from "@/server/services/overview/export-batteries";

export const dynamic = "force-dynamic";

/** The list of batteries as CSV, by the same query as the page. */
export async function GET(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const now = new Date();
    const { searchParams } = new URL(request.url);
    const input = { view: searchParams.get("view") ?? undefined, farmId: searchParams.get("farm") ?? undefined };
    const rows = exportBatteries({ ctx: { db: database(), actor, now, requestId }, input });
    // The first chunk before the headers: a refusal is a problem, not a broken file.
    const first = await rows.next();
    return new Response(Readable.toWeb(Readable.from(startingWith(first, rows))) as ReadableStream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="batteries-${now.toISOString().slice(0, 10)}.csv"`,
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
