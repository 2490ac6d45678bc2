"use client";

import { ChevronsUpDown, Warehouse } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Menu, MenuContent, MenuGroup, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from "@/components/ui/menu";

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

const ALL = "all";

function count(amount: number, one: string): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : `${one}s`}`;
}

/** Which farm the pages are about. `rail`: a card on desktops, an icon on tablets; `bar`: the phone's top bar. */
export function FarmSwitcher({ farms, selectedFarmId, onSelectFarm, place }: FarmSwitcherProps & { place: "rail" | "bar" }) {
  const selected = farms.find((farm) => farm.id === selectedFarmId);
  const deviceCount = farms.reduce((sum, farm) => sum + farm.deviceCount, 0);
  const name = selected?.name ?? (farms.length === 1 ? farms[0]?.name : "All farms") ?? "All farms";
  const detail = selected
    ? `${selected.code} · ${count(selected.deviceCount, "device")}`
    : `${count(farms.length, "farm")} · ${count(deviceCount, "device")}`;
  const rail = place === "rail";
  return (
    <Menu>
      <MenuTrigger
        title={rail ? `${name}: ${detail}` : undefined}
        className={cn(
          "flex min-w-0 items-center gap-2 text-left",
          rail
            ? "h-11 w-full justify-center rounded-control border border-line bg-panel hover:border-line-3 max-lg:flex-col max-lg:gap-1 lg:h-13 lg:justify-between lg:px-2.5 pointer-coarse:max-lg:h-14 pointer-coarse:max-lg:px-1"
            : "h-11 rounded-control px-2 hover:bg-sunken",
        )}
      >
        <span className="sr-only">Farm:</span>
        {rail ? <Warehouse aria-hidden className="size-4.5 text-ink-2 lg:hidden" /> : null}
        <span className={cn("min-w-0", rail && "pointer-fine:max-lg:sr-only max-lg:max-w-full max-lg:text-[0.6875rem] max-lg:leading-tight")}>
          <span className="block truncate font-semibold">{name}</span>
          <span className={cn("tabular block truncate text-xs text-ink-3", rail && "max-lg:hidden")}>{detail}</span>
        </span>
        <ChevronsUpDown aria-hidden className={cn("size-4 shrink-0 text-ink-3", rail && "max-lg:hidden")} />
      </MenuTrigger>
      <MenuContent className="max-h-[min(28rem,var(--available-height))] w-64">
        <MenuGroup>
          <MenuLabel>Show</MenuLabel>
          <MenuRadioGroup value={selected?.id ?? ALL} onValueChange={(value: string) => onSelectFarm(value === ALL ? null : value)}>
            <FarmItem value={ALL} name="All farms" detail={count(farms.length, "farm")} deviceCount={deviceCount} />
            {farms.map((farm) => (
              <FarmItem key={farm.id} value={farm.id} name={farm.name} detail={farm.code} deviceCount={farm.deviceCount} />
            ))}
          </MenuRadioGroup>
        </MenuGroup>
      </MenuContent>
    </Menu>
  );
}

function FarmItem({ value, name, detail, deviceCount }: { value: string; name: string; detail: string; deviceCount: number }) {
  return (
    <MenuRadioItem value={value} closeOnClick label={name}>
      <span className="flex items-baseline justify-between gap-3">
        <span className="truncate font-medium">{name}</span>
        <span className="tabular shrink-0 text-sm text-ink-2">{count(deviceCount, "device")}</span>
      </span>
      <span className="block text-sm text-ink-3">{detail}</span>
    </MenuRadioItem>
  );
}
