const MINUS = "\u2212";

/** −412 ms, 3.2 s, 4 min, 5 h, 12 d: a length of time with its sign. */
export function describeDuration(milliseconds: number): string {
  const sign = milliseconds < 0 ? MINUS : "";
  const size = Math.abs(milliseconds);
  if (size < 1_000) return `${sign}${Math.round(size)} ms`;
  if (size < 60_000) return `${sign}${trim(size / 1_000)} s`;
  if (size < 3_600_000) return `${sign}${Math.round(size / 60_000)} min`;
  if (size < 172_800_000) return `${sign}${Math.round(size / 3_600_000)} h`;
  return `${sign}${Math.round(size / 86_400_000)} d`;
}

/** Decimal units, as on the box of a memory card. */
export function describeBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${trim(bytes / 1_000)} kB`;
  if (bytes < 1_000_000_000) return `${trim(bytes / 1_000_000)} MB`;
  return `${trim(bytes / 1_000_000_000)} GB`;
}

export function describeSignal(dbm: number): string {
  return `${dbm < 0 ? MINUS : ""}${Math.abs(Math.round(dbm))} dBm`;
}

export function describePercent(percent: number): string {
  return `${trim(percent)} %`;
}

/** At most one digit after the point. */
function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The first characters of a text; never half of a surrogate pair, which no database takes. */
export function shorten(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : Array.from(text).slice(0, maxCharacters).join("");
}
