import { CircleCheck, WifiOff } from "lucide-react";
import { formatCount } from "@/components/patterns/format-count";
import { cn } from "@/components/ui/cn";
import type { Places } from "@/server/services/overview/get-places";
import { WallSection } from "./wall-section";

const ROWS = 7;

interface Row {
  key: string;
  name: string;
  /** Where in it: its worst groups. */
  note: string | null;
  active: number;
  offline: number;
}

/** Where devices are offline: farms with their worst groups, or the groups of the only farm. */
export function WallPlaces({ places }: { places: Places | undefined }) {
  const rows = places ? rowsOf(places) : [];
  const total = places ? rowCountOf(places) : 0;
  const shown = rows.slice(0, ROWS);
  return (
    <WallSection
      title="Offline by place"
      note={total > shown.length ? `and ${formatCount(total - shown.length)} more` : null}
      isLoading={!places}
    >
      <ul className="flex min-h-0 flex-1 flex-col divide-y">
        {shown.map(({ key, name, note, active, offline }) => {
          const Icon = offline > 0 ? WifiOff : CircleCheck;
          return (
            <li key={key} className="flex max-h-[14vh] min-h-0 flex-1 items-center gap-[clamp(0.75rem,1.2vw,1.5rem)] py-1 max-lg:py-3">
              <Icon
                aria-hidden
                className={cn("size-[clamp(1.25rem,3vh,2.75rem)] shrink-0", offline > 0 ? "text-critical" : "text-healthy")}
              />
              <div className="min-w-0 flex-1">
                <p className="truncate text-[clamp(1.125rem,2.6vh,2.375rem)] leading-tight">{name}</p>
                {note ? <p className="truncate text-[clamp(0.875rem,1.7vh,1.5rem)] text-ink-2">{note}</p> : null}
              </div>
              <p
                className={cn(
                  "shrink-0 text-[clamp(1.5rem,4vh,3.5rem)] leading-none font-semibold tabular",
                  offline > 0 && "text-critical",
                )}
              >
                {formatCount(offline)}
                <span className="ml-[0.4em] text-[0.5em] font-normal text-ink-2">of {formatCount(active)}</span>
              </p>
            </li>
          );
        })}
      </ul>
    </WallSection>
  );
}

function rowsOf({ farms, farmCount }: Places): Row[] {
  const [only] = farms;
  if (farmCount === 1 && only) {
    if (only.groups.length > 0)
      return only.groups.map((group) => ({ ...group, key: group.id ?? "none", name: group.name ?? "In no group", note: null }));
    return [{ ...only, key: only.id, note: null }];
  }
  return farms.map((farm) => ({
    key: farm.id,
    name: farm.name,
    note:
      farm.groups
        .filter(({ offline }) => offline > 0)
        .slice(0, 3)
        .map(({ name, offline }) => `${name ?? "in no group"} ${formatCount(offline)}`)
        .join(" · ") || null,
    active: farm.active,
    offline: farm.offline,
  }));
}

function rowCountOf({ farms, farmCount }: Places): number {
  if (farmCount !== 1 || !farms[0]) return farmCount;
  const { groups, groupCount } = farms[0];
  return groupCount + groups.filter(({ id }) => id === null).length || 1;
}
