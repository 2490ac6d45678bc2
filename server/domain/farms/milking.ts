/** A milking session as it is stored: ISO weekdays on which it starts, minutes after the farm's local midnight. */
export interface MilkingTimes {
  name: string;
  weekdays: readonly number[];
  startMinute: number;
  /** Not after the start = on the next day. */
  endMinute: number;
}

export interface Milking {
  name: string;
  until: Date;
  /** The end on the farm's clock: `07:30`. */
  untilLocal: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The session in which a farm is milking at an instant, the one that ends last; `undefined` when it is not milking.
 * Sessions are in the farm's own time. Where clocks are set back and a local time comes twice, a session begins with
 * the first and ends with the second; where one is skipped, it begins or ends at the skip.
 */
export function milkingAt(sessions: readonly MilkingTimes[], timeZone: string, at: Date): Milking | undefined {
  const today = Math.floor(wallClockMs(timeZone, at.getTime()) / DAY_MS) * DAY_MS;
  let latest: Milking | undefined;
  for (const dayMs of [today - DAY_MS, today]) {
    for (const session of sessions) {
      if (!session.weekdays.includes(isoWeekday(dayMs))) continue;
      const endDayMs = session.endMinute <= session.startMinute ? dayMs + DAY_MS : dayMs;
      const start = instantsOf(timeZone, dayMs + session.startMinute * MINUTE_MS)[0];
      const end = instantsOf(timeZone, endDayMs + session.endMinute * MINUTE_MS)[1];
      if (start > at.getTime() || end <= at.getTime() || (latest && latest.until.getTime() >= end)) continue;
      latest = { name: session.name, until: new Date(end), untilLocal: clockTime(session.endMinute) };
    }
  }
  return latest;
}

function isoWeekday(dayMs: number): number {
  return new Date(dayMs).getUTCDay() || 7;
}

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** First and last instant at which the zone's clocks show a local time; of a skipped one, the instant of the skip. */
function instantsOf(timeZone: string, wallMs: number): [first: number, last: number] {
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
function wallClockMs(timeZone: string, instantMs: number): number {
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
