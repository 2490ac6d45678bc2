import { Readable } from "node:stream";
import type { UserActor } from "@/server/actor";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-info";

/**
 * A list as a CSV file for whoever is signed in, line by line as it is read.
 * @param name of the file, before the day: `devices`
 */
export async function csvExport(
  request: Request,
  name: string,
  readRows: (ctx: ServiceContext<UserActor>) => AsyncGenerator<string>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const actor = await actorOfSession(request.headers);
    if (!actor) throw new AppError("unauthenticated", "Sign in first.");
    const now = new Date();
    const lines = readRows({ db: database(), actor, now, requestId });
    return await csvResponse(lines, { fileName: `${name}-${now.toISOString().slice(0, 10)}.csv`, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** Lines of CSV as they are made, to be saved under a name. */
export async function csvResponse(
  lines: AsyncGenerator<string>,
  { fileName, requestId }: { fileName: string; requestId: string },
): Promise<Response> {
  // The first lines before the headers: a refusal is a problem, not a broken file.
  const first = await lines.next();
  return new Response(Readable.toWeb(Readable.from(bytesOf(first, lines))) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-request-id": requestId,
    },
  });
}

async function* bytesOf(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (!first.done) yield encoder.encode(first.value);
  for await (const text of rest) yield encoder.encode(text);
}
