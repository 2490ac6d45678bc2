import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { addDays, addMonths, isCalendarDay, mondayOf, monthOf } from "@/server/domain/maintenance/calendar-day";
import { DUE_KINDS } from "@/server/domain/maintenance/maintenance-type";

const DUE_VIEWS = ["week", "month"] as const;

/** The calendar's state in the URL, so that a week can be linked and gone back to. */
export const DUE_FILTERS = {
  view: parseAsStringLiteral(DUE_VIEWS).withDefault("week"),
  day: parseAsString.withDefault(""),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  type: parseAsArrayOf(parseAsStringLiteral(DEVICE_TYPES)).withDefault([]),
  kind: parseAsArrayOf(parseAsStringLiteral(DUE_KINDS)).withDefault([]),
};

export const loadDueFilters = createLoader(DUE_FILTERS);

export type DueFilters = Awaited<ReturnType<typeof loadDueFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LAST_WEEKDAY = 6;
const CALENDAR_WEEKS = 6;

/** A day from a hand-written URL, else today. */
export function dayOrToday(day: string, today: string): string {
  return isCalendarDay(day) ? day : today;
}

/** The days a view shows: a week from Monday, or the six weeks around a month. */
export function spanOf(view: DueFilters["view"], day: string): { from: string; to: string } {
  if (view === "week") return { from: mondayOf(day), to: addDays(mondayOf(day), LAST_WEEKDAY) };
  const from = mondayOf(monthOf(day));
  return { from, to: addDays(from, CALENDAR_WEEKS * 7 - 1) };
}

/** The same view one step on or back. */
export function stepOf(view: DueFilters["view"], day: string, step: 1 | -1): string {
  return view === "week" ? addDays(mondayOf(day), step * 7) : addMonths(day, step);
}

/** The server's query; the farm of the switcher narrows it unless the filters name farms themselves. */
export function toDueInput(filters: DueFilters, selectedFarmId: string | null, today: string) {
  const farms = filters.farm.filter((farm) => UUID.test(farm));
  return {
    farmIds: farms.length > 0 ? farms : selectedFarmId ? [selectedFarmId] : [],
    types: filters.type,
    kinds: filters.kind,
    ...spanOf(filters.view, dayOrToday(filters.day, today)),
  };
}
