import { dateOf, daysBetween } from "@/server/domain/maintenance/calendar-day";

type Style = "long" | "short" | "weekday";

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  weekday: { weekday: "long", day: "numeric", month: "long" },
};

/** `29 March 2026`, `29 Mar 2026`, `Sunday 29 March`. Days have no time zone. */
export function formatDay(day: string, style: Style = "short"): string {
  return dateOf(day).toLocaleDateString("en-GB", { ...STYLES[style], timeZone: "UTC" });
}

/** `March 2026` */
export function formatMonth(day: string): string {
  return dateOf(day).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

/** `23 – 29 Nov 2026` */
export function formatSpan(from: string, to: string): string {
  const start = from.slice(0, 7) === to.slice(0, 7) ? String(Number(from.slice(8))) : formatDay(from).replace(` ${to.slice(0, 4)}`, "");
  return `${start} – ${formatDay(to)}`;
}

/** How far a day is from today: `today`, `in 3 days`, `4 days late`. */
export function describeDistance(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days > 0) return `in ${days} days`;
  return days === -1 ? "1 day late" : `${-days} days late`;
}
