/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The bytes a `Range` header asks for (RFC 9110, section 14). What is not one well-formed range of bytes, several ranges
 * included, asks for everything: `whole`.
 * @param sizeBytes of the file, ≥ 1
 */
export function byteRangeOf(header: string | null, sizeBytes: number): ByteRange | "whole" | "unsatisfiable" {
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "");
  if (!match) return "whole";
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? "whole" : suffixOf(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < start) return "whole";
  return start >= sizeBytes ? "unsatisfiable" : { start, end };
}

function suffixOf(length: number, sizeBytes: number): ByteRange | "unsatisfiable" {
  return length === 0 ? "unsatisfiable" : { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 };
}

/** Whether `If-None-Match` names what the caller would get (weak comparison, RFC 9110, section 13.1.2). */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}

/** Whether a range may be given: `If-Range` is absent or names this very content (strong comparison, section 13.1.5). */
export function mayResume(ifRange: string | null, etag: string): boolean {
  return ifRange === null || ifRange.trim() === etag;
}
