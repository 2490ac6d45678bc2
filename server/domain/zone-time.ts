const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** First and last instant at which the zone's clocks show a local time; of a skipped one, the instant of the skip. */
export function instantsOf(timeZone: string, wallMs: number): [first: number, last: number] {
  const [before, after] = [offsetMs(timeZone, wallMs - DAY_MS), offsetMs(timeZone, wallMs + DAY_MS)];
  const candidates = [wallMs - before, wallMs - after].filter((instant) => wallClockMs(timeZone, instant) === wallMs);
  if (candidates.length > 0) return [Math.min(...candidates), Math.max(...candidates)];
  let [early, late] = [wallMs - after, wallMs - before];
  while (late - early > MINUTE_MS) {
    const middle = early + Math.floor((late - early) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetMs(timeZone, middle) === before) early = middle;
    else late = middle;
  }
  return [late, late];
}

function offsetMs(timeZone: string, instantMs: number): number {
  return wallClockMs(timeZone, instantMs) - instantMs;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clocks show, as if it were UTC; to the second. */
export function wallClockMs(timeZone: string, instantMs: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: string) => parts[type] ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}
