"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { SearchInput } from "@/components/patterns/search-input";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES, LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";
import { HEALTH_STATUSES } from "@/server/domain/devices/vocabulary";
import type { DeviceFilters } from "./device-filters";
import { HEALTH_LABELS } from "./device-status-badge";

const TYPING_PAUSE_MS = 250;

const TYPE_OPTIONS = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].label }));
const STATE_OPTIONS = DEVICE_LIFECYCLES.map((value) => ({ value, label: LIFECYCLE_FACTS[value].label }));
const HEALTH_OPTIONS = HEALTH_STATUSES.map((value) => ({ value, label: HEALTH_LABELS[value] }));

interface DeviceToolbarProps {
  filters: DeviceFilters;
  onChange: (change: Partial<DeviceFilters>) => void;
}

export function DeviceToolbar({ filters, onChange }: DeviceToolbarProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  return (
    <div className="flex flex-wrap items-center gap-2 border-b p-3">
      <DelayedSearch value={filters.q} onChange={(q) => onChange({ q })} />
      <FilterChip label="Needs attention" pressed={filters.attention} onPressedChange={(attention) => onChange({ attention })} />
      {farms.data && farms.data.length > 1 ? (
        <FilterMenu
          label="Farm"
          options={farms.data.map((farm) => ({ value: farm.id, label: farm.name }))}
          selected={filters.farm}
          onSelectedChange={(farm) => onChange({ farm })}
        />
      ) : null}
      <FilterMenu label="Type" options={TYPE_OPTIONS} selected={filters.type} onSelectedChange={(type) => onChange({ type })} />
      <FilterMenu label="State" options={STATE_OPTIONS} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
      <FilterMenu label="Health" options={HEALTH_OPTIONS} selected={filters.health} onSelectedChange={(health) => onChange({ health })} />
    </div>
  );
}

/** Searches when typing pauses; follows the URL when somebody goes back. */
function DelayedSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), TYPING_PAUSE_MS);
  };
  return <SearchInput value={typed} onValueChange={type} label="Search devices" placeholder="Search ID, name, serial…" />;
}
