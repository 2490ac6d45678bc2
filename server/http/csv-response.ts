import { Readable } from "node:stream";

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
