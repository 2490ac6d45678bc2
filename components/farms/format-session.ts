import { DAY_LABELS } from "./weekdays";

/** 05:30 from minutes after midnight. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** Minutes after midnight from 05:30; `undefined` for anything else. */
export function parseMinute(text: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** "05:30–07:30" */
export function formatTimes(session: { startMinute: number; endMinute: number }): string {
  return `${formatMinute(session.startMinute)}–${formatMinute(session.endMinute)}`;
}

/** "daily" or "Mon, Wed" */
export function formatDays(weekdays: number[]): string {
  if (weekdays.length === 7) return "daily";
  return weekdays.map((day) => DAY_LABELS[day - 1]?.slice(0, 3)).join(", ");
}
