import { instantsOf, wallClockMs } from "@/server/domain/zone-time";

/** What the zone's clocks show at an instant, as a field for day and time has it: `2026-12-03T06:00`. */
export function toWallClock(at: Date, timeZone: string): string {
  return new Date(wallClockMs(timeZone, at.getTime())).toISOString().slice(0, 16);
}

/** The instant at which the zone's clocks show that; `null` for an empty or half-filled field. Of an hour that comes twice, the second. */
export function fromWallClock(text: string, timeZone: string): Date | null {
  const wallMs = Date.parse(`${text}Z`);
  return Number.isNaN(wallMs) ? null : new Date(instantsOf(timeZone, wallMs)[1]);
}
