import Link from "next/link";
import { groupBy } from "@/server/domain/group-by";
import { addDays, dateOf } from "@/server/domain/maintenance/calendar-day";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { cn } from "@/components/ui/cn";
import { deviceMaintenanceHref } from "./device-maintenance-href";
import { DueIcon } from "./due-icon";
import { formatDay } from "./format-day";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MAX_SHOWN = 3;

interface DueMonthProps {
  items: readonly DueItem[];
  /** Any day of the month. */
  month: string;
  today: string;
  /** The Monday the calendar begins with. */
  from: string;
  /** Shows the week of a day. */
  onDay: (day: string) => void;
}

/** A month as six weeks. Wide screens name the devices, phones count them; a day opens its week. */
export function DueMonth({ items, month, today, from, onDay }: DueMonthProps) {
  const byDay = groupBy(items, (item) => item.day);
  const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, index) => addDays(from, week * 7 + index))).filter(
    (week) => week.some((day) => isIn(day, month)),
  );
  return (
    <div className="overflow-hidden panel">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">What is due, by day</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col" className="border-b px-2 py-2 text-left text-sm font-medium text-ink-3 max-sm:text-center">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td
                  key={day}
                  className={cn("h-16 border-r border-b p-1 align-top last:border-r-0 sm:h-28", !isIn(day, month) && "bg-sunken/50")}
                >
                  <DayCell day={day} items={byDay.get(day) ?? []} isToday={day === today} isIn={isIn(day, month)} onDay={onDay} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayCellProps {
  day: string;
  items: readonly DueItem[];
  isToday: boolean;
  isIn: boolean;
  onDay: (day: string) => void;
}

function DayCell({ day, items, isToday, isIn: isInMonth, onDay }: DayCellProps) {
  const hidden = items.length - MAX_SHOWN;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <button
        type="button"
        onClick={() => onDay(day)}
        aria-label={`${formatDay(day, "weekday")}, ${items.length} due`}
        aria-current={isToday ? "date" : undefined}
        className={cn(
          "flex min-h-7 items-center justify-between rounded-inner px-1.5 text-sm tabular hover:bg-sunken max-sm:min-h-14 max-sm:flex-col max-sm:justify-start max-sm:gap-1 max-sm:py-1 pointer-coarse:min-h-11",
          isInMonth ? "text-ink" : "text-ink-3",
        )}
      >
        <span className={cn(isToday && "grid size-6 place-items-center rounded-full bg-accent font-semibold text-on-accent")}>
          {dateOf(day).getUTCDate()}
        </span>
        {items.length > 0 ? (
          <span className="rounded-full bg-maintenance-soft px-1.5 text-xs font-semibold text-maintenance sm:hidden">{items.length}</span>
        ) : null}
      </button>
      <ul className="flex flex-col gap-0.5 max-sm:hidden">
        {items.slice(0, MAX_SHOWN).map((item) => (
          <li key={item.key} className="min-w-0">
            <Link
              href={deviceMaintenanceHref(item.device.deviceId)}
              title={`${item.device.deviceId} ${item.device.name}: ${item.title}`}
              className="flex min-h-6 items-center gap-1.5 rounded-inner bg-maintenance-soft px-1.5 text-sm text-maintenance hover:underline pointer-coarse:min-h-11"
            >
              <DueIcon item={item} className="size-3 shrink-0" />
              <span className="shrink-0 font-mono tracking-tight max-lg:truncate">{item.device.deviceId}</span>
              <span className="truncate text-ink-2 max-lg:hidden">{item.title}</span>
            </Link>
          </li>
        ))}
        {hidden > 0 ? <li className="px-1.5 text-sm text-ink-2">{hidden} more</li> : null}
      </ul>
    </div>
  );
}

function isIn(day: string, month: string): boolean {
  return day.slice(0, 7) === month.slice(0, 7);
}
