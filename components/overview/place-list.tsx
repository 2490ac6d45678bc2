import { CircleCheck, WifiOff } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FarmPlace, GroupPlace, Places } from "@/server/services/overview/get-places";

/** More than these push everything else out of sight. */
const FARMS_AT_FIRST = 6;
const GROUPS_SHOWN = 3;

/** Where devices are offline: farms, and in each its groups, the worst first. Every line opens the list it counts. */
export function PlaceList({ farms, farmCount }: Places) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? farms : farms.slice(0, FARMS_AT_FIRST);
  return (
    <>
      <ul className="divide-y">
        {shown.map((farm) => (
          <li key={farm.id} className="py-1.5">
            <PlaceRow place={farm} name={farm.name} href={offlineHref(farm)} note={amountOf(farm.devices, "device")} isFarm />
            <GroupRows farm={farm} />
          </li>
        ))}
      </ul>
      {farmCount > shown.length ? (
        <p className="flex flex-wrap items-center gap-3 border-t px-4 py-2 text-sm text-ink-2 tabular">
          {showsAll ? `and ${amountOf(farmCount - shown.length, "more farm")}` : null}
          {showsAll ? null : (
            <Button variant="ghost" size="sm" onClick={() => setShowsAll(true)}>
              {farms.length < farmCount
                ? `Show the worst ${formatCount(farms.length)} of ${formatCount(farmCount)} farms`
                : `Show all ${formatCount(farmCount)} farms`}
            </Button>
          )}
        </p>
      ) : null}
    </>
  );
}

function PlaceRow({ place, name, href, note, isFarm = false }: PlaceRowProps) {
  const { active, offline } = place;
  const Icon = offline > 0 ? WifiOff : CircleCheck;
  return (
    <div
      className={cn(
        "relative grid grid-cols-[minmax(0,1fr)_clamp(2.5rem,18%,5rem)_6.5rem] items-center gap-3 px-4 py-1.5",
        !isFarm && "pl-8",
        href && "hover:bg-sunken/60",
      )}
    >
      <p className="min-w-0 truncate">
        {href ? (
          <Link href={href} className={cn("-outline-offset-2 after:absolute after:inset-0", isFarm && "font-semibold")}>
            {name}
          </Link>
        ) : (
          <span className="text-ink-2">{name}</span>
        )}
        {note ? <span className="ml-2 text-sm text-ink-3 tabular max-sm:hidden">{note}</span> : null}
      </p>
      <span aria-hidden className="flex h-2 overflow-hidden rounded-full bg-line-2">
        <span style={{ width: `${active > 0 ? (offline / active) * 100 : 0}%` }} className={cn("bg-critical", offline > 0 && "min-w-1")} />
      </span>
      <p className={cn("flex items-center justify-end gap-1.5 text-sm tabular", offline > 0 ? "font-medium text-critical" : "text-ink-2")}>
        <Icon aria-hidden className={cn("size-3.5 shrink-0", offline === 0 && "text-healthy")} />
        <span className="whitespace-nowrap">
          {offline > 0 ? formatCount(offline) : "0"}
          <span className="sr-only"> offline</span>
          <span className="font-normal text-ink-2"> of {formatCount(active)}</span>
        </span>
      </p>
    </div>
  );
}

/** Only groups that miss devices; that the others do not is one line. */
function GroupRows({ farm }: { farm: FarmPlace }) {
  const missing = farm.groups.filter(({ offline }) => offline > 0);
  const shown = missing.slice(0, GROUPS_SHOWN);
  const named = shown.filter(({ id }) => id !== null).length;
  const others = farm.groupCount - named;
  // Of groups beyond those that came along nothing is known but their number.
  const isQuiet = missing.length === shown.length && missing.length < farm.groups.length;
  return (
    <>
      <ul>
        {shown.map((group) => (
          <li key={group.id ?? "none"}>
            <PlaceRow place={group} name={group.name ?? "In no group"} href={group.id ? offlineHref(farm, group) : null} />
          </li>
        ))}
      </ul>
      {others > 0 ? (
        <p className="px-4 pb-1.5 pl-8 text-sm text-ink-3 tabular">
          {isQuiet ? `${amountOf(others, named > 0 ? "other group" : "group")}, nothing offline` : amountOf(others, "more group")}
        </p>
      ) : null}
    </>
  );
}

interface PlaceRowProps {
  place: { active: number; offline: number };
  name: string;
  href: string | null;
  note?: string;
  isFarm?: boolean;
}

function offlineHref(farm: FarmPlace, group?: GroupPlace): string {
  return `/devices?farm=${farm.id}${group ? `&group=${group.id}` : ""}&${group || farm.offline > 0 ? "presence=offline" : "state=active"}`;
}
