import { DAY_LABELS } from "./weekdays";

interface Session {
  name: string;
  weekdays: number[];
  startMinute: number;
  endMinute: number;
}

/** 05:30 from minutes after midnight. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** Minutes after midnight from 05:30; `undefined` for anything else. */
export function parseMinute(text: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** "Morning 05:30–07:30, daily" */
export function formatSession(session: Session): string {
  return `${session.name} ${formatMinute(session.startMinute)}–${formatMinute(session.endMinute)}, ${formatDays(session.weekdays)}`;
}

function formatDays(weekdays: number[]): string {
  if (weekdays.length === 7) return "daily";
  return weekdays.map((day) => DAY_LABELS[day - 1]?.slice(0, 3)).join(", ");
}
