import { CircleCheck, WifiOff } from "lucide-react";
import Link from "next/link";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { cn } from "@/components/ui/cn";
import type { FarmPlace, GroupPlace, Places } from "@/server/services/overview/get-places";

/** Where devices are offline: farms, and in each its groups, the worst first. Every line opens the list it counts. */
export function PlaceList({ farms, farmCount }: Places) {
  return (
    <>
      <ul className="divide-y">
        {farms.map((farm) => (
          <li key={farm.id} className="py-1.5">
            <PlaceRow place={farm} name={farm.name} href={offlineHref(farm)} note={amountOf(farm.devices, "device")} isFarm />
            <GroupRows farm={farm} />
          </li>
        ))}
      </ul>
      {farmCount > farms.length ? (
        <p className="border-t px-4 py-3 text-sm text-ink-2">and {formatCount(farmCount - farms.length)} more farms</p>
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
        "relative grid grid-cols-[minmax(0,1fr)_5rem_5.5rem] items-center gap-3 px-4 py-1.5",
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
        {note ? <span className="ml-2 text-sm text-ink-3 tabular">{note}</span> : null}
      </p>
      <span aria-hidden className="flex h-2 overflow-hidden rounded-full bg-line-2">
        <span style={{ width: `${active > 0 ? (offline / active) * 100 : 0}%` }} className={cn("bg-critical", offline > 0 && "min-w-1")} />
      </span>
      <p className={cn("flex items-center justify-end gap-1.5 text-sm tabular", offline > 0 ? "font-medium text-critical" : "text-ink-2")}>
        <Icon aria-hidden className={cn("size-3.5 shrink-0", offline === 0 && "text-healthy")} />
        <span>
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
  const named = missing.filter(({ id }) => id !== null).length;
  const others = farm.groupCount - named;
  const isCut = missing.length === farm.groups.length && others > 0;
  return (
    <>
      <ul>
        {missing.map((group) => (
          <li key={group.id ?? "none"}>
            <PlaceRow place={group} name={group.name ?? "In no group"} href={group.id ? offlineHref(farm, group) : null} />
          </li>
        ))}
      </ul>
      {others > 0 ? (
        <p className="px-4 pb-1.5 pl-8 text-sm text-ink-3 tabular">
          {isCut ? amountOf(others, "more group") : `${amountOf(others, named > 0 ? "other group" : "group")}, nothing offline`}
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
