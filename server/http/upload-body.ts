import { MAX_IMPORT_BYTES } from "@/server/domain/imports/limits";
import { AppError, fieldError } from "@/server/errors";

/**
 * The bytes of an uploaded CSV file as they arrive, never gathered.
 * @throws invalid_input for a form, or a length above the limit, before anything is read
 */
export async function* csvBody(request: Request): AsyncGenerator<Uint8Array> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("multipart/") || type === "application/x-www-form-urlencoded")
    throw fieldError(
      "invalid_input",
      "file",
      "Send the file itself as the body, with Content-Type: text/csv (curl --data-binary @devices.csv).",
    );
  if (Number(request.headers.get("content-length") ?? 0) > MAX_IMPORT_BYTES)
    throw fieldError(
      "invalid_input",
      "file",
      `The file is larger than ${MAX_IMPORT_BYTES / 1_048_576} MiB. Split it, and import one part after the other.`,
    );
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw new AppError("unavailable", "The connection broke before the file was complete. Send it again.", {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
}

/** The name a client gives its file: a header that holds it percent-encoded. */
export function fileNameOf(headers: Headers): string {
  const given = headers.get("x-file-name") ?? "";
  try {
    return decodeURIComponent(given) || "devices.csv";
  } catch {
    return "devices.csv";
  }
}
