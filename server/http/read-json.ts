import { AppError } from "@/server/errors";

/**
 * The JSON body of a request, read no further than `maxBytes`.
 * @throws invalid_input when it is longer or no JSON
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError("invalid_input", `The body may have at most ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause: error });
  }
}
