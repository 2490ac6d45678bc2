"use client";

import type { RefObject } from "react";
import { Menu, MenuContent, MenuGroup, MenuLabel, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu";
import { amountOf } from "@/components/patterns/format-count";
import type { FarmSwitcherProps } from "./farm-switcher";

const ALL = "all";

interface FarmMenuProps extends FarmSwitcherProps {
  deviceCount: number;
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** All farms, then each with its devices. */
export function FarmMenu({ farms, deviceCount, selectedFarmId, onSelectFarm, anchor, open, onOpenChange }: FarmMenuProps) {
  return (
    <Menu open={open} onOpenChange={onOpenChange}>
      <MenuContent anchor={anchor} className="max-h-[min(28rem,var(--available-height))] w-64">
        <MenuGroup>
          <MenuLabel>Show</MenuLabel>
          <MenuRadioGroup value={selectedFarmId ?? ALL} onValueChange={(value: string) => onSelectFarm(value === ALL ? null : value)}>
            <FarmItem value={ALL} name="All farms" detail={amountOf(farms.length, "farm")} deviceCount={deviceCount} />
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
        <span className="shrink-0 text-sm text-ink-2 tabular">{amountOf(deviceCount, "device")}</span>
      </span>
      <span className="block text-sm text-ink-3">{detail}</span>
    </MenuRadioItem>
  );
}
