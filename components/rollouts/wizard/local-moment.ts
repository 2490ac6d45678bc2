const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a field for day and time shows, in the browser's own time zone: `2026-03-10T14:30`; empty for no valid time. */
export function toLocalMoment(at: Date): string {
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** The same back; an empty field is no valid time, which the schema says. */
export function fromLocalMoment(text: string): Date {
  return new Date(text);
}

/** The next full hour that is at least an hour away. */
export function inOneHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + HOUR_MS) / HOUR_MS) * HOUR_MS);
}
