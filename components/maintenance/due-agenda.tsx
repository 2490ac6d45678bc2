import Link from "next/link";
import { Card, CardHeader } from "@/components/ui/card";
import { CountBadge } from "@/components/ui/badge";
import { IconTile } from "@/components/ui/icon-tile";
import { cn } from "@/components/ui/cn";
import { DUE_KIND_LABELS } from "@/server/domain/maintenance/maintenance-type";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { deviceMaintenanceHref } from "./device-maintenance-href";
import { DueIcon } from "./due-icon";
import { describeDistance, formatDay } from "./format-day";

interface DueAgendaProps {
  items: readonly DueItem[];
  /** Its date is the title, and need not be said at every item. */
  day?: string;
  isToday?: boolean;
  title?: string;
  tone?: "critical";
}

/** What is due on one day, or what is overdue. A day with nothing is one quiet line. */
export function DueAgenda({ items, day, isToday = false, title, tone }: DueAgendaProps) {
  if (items.length === 0 && !day) return null;
  const heading = day ? formatDay(day, "weekday") : title;
  if (items.length === 0) {
    return (
      <div className="flex items-baseline justify-between gap-4 px-4 text-ink-2">
        <h2 className={cn("font-medium", isToday && "text-accent")}>
          {heading}
          {isToday ? " · today" : ""}
        </h2>
        <span className="text-sm text-ink-3">Nothing due</span>
      </div>
    );
  }
  return (
    <Card>
      <CardHeader
        title={
          <span className={cn(isToday && "text-accent")}>
            {heading}
            {isToday ? " · today" : ""}
          </span>
        }
        divided
        aside={tone ? <CountBadge tone={tone}>{items.length}</CountBadge> : items.length}
      />
      <ul className="divide-y">
        {items.map((item) => (
          <DueRow key={item.key} item={item} showDay={!day} />
        ))}
      </ul>
    </Card>
  );
}

function DueRow({ item, showDay }: { item: DueItem; showDay: boolean }) {
  const { device, farm } = item;
  const facts = [device.name, device.location, farm.name, item.technician].filter(Boolean);
  return (
    <li className="relative flex min-h-16 items-center gap-3 px-4 py-3 hover:bg-sunken/60 active:bg-sunken">
      <IconTile tone={item.overdue ? "critical" : item.kind === "calibration" || item.type === "calibration" ? "accent" : "maintenance"}>
        <DueIcon item={item} />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          <Link href={deviceMaintenanceHref(device.deviceId)} className="-outline-offset-2 after:absolute after:inset-0">
            <span className="font-mono tracking-tight">{device.deviceId}</span> {item.title}
          </Link>
        </p>
        <p className="text-sm text-ink-2">{facts.join(" · ")}</p>
      </div>
      <div className="shrink-0 text-right text-sm">
        {showDay ? <p className="font-medium text-critical">{describeDistance(item.day, farm.today)}</p> : null}
        <p className="text-ink-3 max-sm:hidden">{showDay ? formatDay(item.day) : DUE_KIND_LABELS[item.kind]}</p>
      </div>
    </li>
  );
}
