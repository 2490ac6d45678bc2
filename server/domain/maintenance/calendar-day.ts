const DAY_MS = 86_400_000;
const PATTERN = /^(?:20\d\d|2100)-\d\d-\d\d$/;

/**
 * Whether a text is a day on the wall calendar, `2026-03-29`, of the years 2000 to 2100. A day has no time and no zone;
 * as text, days sort by date.
 */
export function isCalendarDay(value: string): boolean {
  return PATTERN.test(value) && dayOf(dateOf(value)) === value;
}

/** Midnight UTC of a day: how a `date` column travels through Prisma. */
export function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The day of a `date` column. */
export function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}

/** Which day it is on a farm now, in its own time zone (IANA). */
export function todayIn(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const value = Object.fromEntries(parts.formatToParts(now).map((part) => [part.type, part.value]));
  return `${value.year}-${value.month}-${value.day}`;
}

/** So many days later; earlier when negative. Days have no summer time. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(dateOf(day).getTime() + days * DAY_MS));
}

/** How many days `to` is after `from`; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / DAY_MS);
}

/** The Monday of a day's week (ISO 8601). */
export function mondayOf(day: string): string {
  return addDays(day, -((dateOf(day).getUTCDay() + 6) % 7));
}

/** The first day of a day's month. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the month so many months later. */
export function addMonths(day: string, months: number): string {
  const date = dateOf(monthOf(day));
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOf(date);
}
