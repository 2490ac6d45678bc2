"use client";

import { ChevronsUpDown, Warehouse } from "lucide-react";
import { lazy, Suspense } from "react";
import { cn } from "@/components/ui/cn";
import { useLazyPopup } from "@/components/ui/use-lazy-popup";
import { amountOf } from "@/components/patterns/format-count";

export interface ShellFarm {
  id: string;
  name: string;
  code: string;
  deviceCount: number;
}

export interface FarmSwitcherProps {
  farms: readonly ShellFarm[];
  /** `null` for all farms. */
  selectedFarmId: string | null;
  onSelectFarm: (farmId: string | null) => void;
}

const load = () => import("./farm-menu");
const FarmMenu = lazy(async () => ({ default: (await load()).FarmMenu }));

/** Which farm the pages are about. `rail`: a card on desktops, an icon on tablets; `bar`: the phone's top bar. */
export function FarmSwitcher({ farms, selectedFarmId, onSelectFarm, place }: FarmSwitcherProps & { place: "rail" | "bar" }) {
  const { mounted, popup, triggerProps } = useLazyPopup(load, "menu");
  const selected = farms.find((farm) => farm.id === selectedFarmId) ?? (farms.length === 1 ? farms[0] : undefined);
  const deviceCount = farms.reduce((sum, farm) => sum + farm.deviceCount, 0);
  const name = selected?.name ?? "All farms";
  const detail = selected
    ? `${selected.code} · ${amountOf(selected.deviceCount, "device")}`
    : `${amountOf(farms.length, "farm")} · ${amountOf(deviceCount, "device")}`;
  const rail = place === "rail";
  return (
    <>
      <button
        type="button"
        {...triggerProps}
        title={rail ? `${name}: ${detail}` : undefined}
        className={cn("flex min-w-0 items-center gap-2 text-left", rail ? IN_RAIL : "h-11 rounded-control px-2 hover:bg-sunken")}
      >
        <span className="sr-only">Farm:</span>
        {rail ? <Warehouse aria-hidden className="size-4.5 text-ink-2 lg:hidden" /> : null}
        <span
          className={cn("min-w-0", rail && "max-lg:max-w-full max-lg:text-[0.6875rem] max-lg:leading-tight pointer-fine:max-lg:sr-only")}
        >
          <span className="block truncate font-semibold">{name}</span>
          <span className={cn("block truncate text-xs text-ink-3 tabular", rail && "max-lg:hidden")}>{detail}</span>
        </span>
        <ChevronsUpDown aria-hidden className={cn("size-4 shrink-0 text-ink-3", rail && "max-lg:hidden")} />
      </button>
      {mounted ? (
        <Suspense>
          <FarmMenu {...popup} farms={farms} deviceCount={deviceCount} selectedFarmId={selectedFarmId} onSelectFarm={onSelectFarm} />
        </Suspense>
      ) : null}
    </>
  );
}

const IN_RAIL = [
  "h-11 w-full justify-center rounded-control border border-line bg-panel hover:border-line-3 lg:h-13 lg:justify-between lg:px-2.5",
  "max-lg:flex-col max-lg:gap-1 pointer-coarse:max-lg:h-14 pointer-coarse:max-lg:px-1",
].join(" ");
