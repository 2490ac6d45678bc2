import type { AlertSeverity } from "../alerts/vocabulary";
import { DAY_MS, instantsOf, wallClockMs } from "../zone-time";

const MINUTE_MS = 60_000;

/** What of a rule decides when it speaks. Minutes are after midnight on the clock of `timeZone`. */
export interface TellingTimes {
  delayMinutes: number;
  quietFromMinute: number | null;
  quietUntilMinute: number | null;
  digestMinute: number | null;
  criticalAtOnce: boolean;
  timeZone: string;
}

/**
 * When somebody is to be told of what happened at `at`: after the rule's delay, at the next digest or, in quiet hours,
 * when they end. What is critical waits for the delay alone, unless the rule says otherwise.
 */
export function dueAt(times: TellingTimes, at: Date, severity: AlertSeverity): Date {
  const earliest = new Date(at.getTime() + times.delayMinutes * MINUTE_MS);
  if (severity === "critical" && times.criticalAtOnce) return earliest;
  const told = times.digestMinute === null ? earliest : nextAt(times.timeZone, times.digestMinute, earliest);
  return endOfQuiet(times, told);
}

/** Whether it goes into the daily digest. */
export function isForDigest(times: TellingTimes, severity: AlertSeverity): boolean {
  return times.digestMinute !== null && !(severity === "critical" && times.criticalAtOnce);
}

/** `at` itself outside quiet hours, else their end. */
function endOfQuiet({ quietFromMinute, quietUntilMinute, timeZone }: TellingTimes, at: Date): Date {
  if (quietFromMinute === null || quietUntilMinute === null) return at;
  const minute = Math.floor((wallClockMs(timeZone, at.getTime()) % DAY_MS) / MINUTE_MS);
  const isQuiet =
    quietFromMinute < quietUntilMinute
      ? minute >= quietFromMinute && minute < quietUntilMinute
      : minute >= quietFromMinute || minute < quietUntilMinute;
  return isQuiet ? nextAt(timeZone, quietUntilMinute, at) : at;
}

/**
 * The first moment, not before `at`, at which the zone's clocks show a time of day. Where clocks are set back and it
 * comes twice, the first that is still ahead; where it is skipped, the moment of the skip.
 */
function nextAt(timeZone: string, minute: number, at: Date): Date {
  const today = Math.floor(wallClockMs(timeZone, at.getTime()) / DAY_MS) * DAY_MS;
  const candidates = [today - DAY_MS, today, today + DAY_MS].flatMap((dayMs) => instantsOf(timeZone, dayMs + minute * MINUTE_MS));
  return new Date(Math.min(...candidates.filter((instant) => instant >= at.getTime())));
}
