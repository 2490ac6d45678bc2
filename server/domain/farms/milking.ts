import { DAY_MS, instantsOf, wallClockMs } from "../zone-time";

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
