"use client";

import { useEffect, useRef, useState } from "react";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { SearchInput } from "@/components/patterns/search-input";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { FIRMWARE_STATE_FACTS, FIRMWARE_STATES } from "@/server/domain/firmware/vocabulary";
import type { FirmwareFilters } from "./firmware-filters";

const TYPES = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].plural }));
const STATES = FIRMWARE_STATES.map((value) => ({ value, label: FIRMWARE_STATE_FACTS[value].label }));
const TYPING_PAUSE_MS = 250;

interface FirmwareToolbarProps {
  filters: FirmwareFilters;
  onChange: (change: Partial<FirmwareFilters>) => void;
}

/** Which versions. */
export function FirmwareToolbar({ filters, onChange }: FirmwareToolbarProps) {
  const [search, setSearch] = useState(filters.q);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  const type = (value: string) => {
    setSearch(value);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => onChange({ q: value }), TYPING_PAUSE_MS);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput value={search} onValueChange={type} label="Search firmware" placeholder="Version, name, model…" />
      <FilterMenu label="Type" options={TYPES} selected={filters.type} onSelectedChange={(types) => onChange({ type: types })} />
      <FilterMenu label="State" options={STATES} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
    </div>
  );
}
