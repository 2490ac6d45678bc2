/** Milliseconds a `Retry-After` header asks to wait: seconds or a date; 0 without one that can be read. */
export function retryAfterMs(header: string | null): number {
  if (header === null) return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - Date.now());
}
