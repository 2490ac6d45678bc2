"use client";

import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { FIRMWARE_STATE_FACTS, FIRMWARE_STATES } from "@/server/domain/firmware/vocabulary";
import type { FirmwareFilters } from "./firmware-filters";

const TYPES = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].plural }));
const STATES = FIRMWARE_STATES.map((value) => ({ value, label: FIRMWARE_STATE_FACTS[value].label }));

interface FirmwareToolbarProps {
  filters: FirmwareFilters;
  onChange: (change: Partial<FirmwareFilters>) => void;
}

/** Which versions. */
export function FirmwareToolbar({ filters, onChange }: FirmwareToolbarProps) {
  return (
    <FilterBar
      search={{ value: filters.q, onChange: (q) => onChange({ q }), label: "Search firmware", placeholder: "Version, name, model…" }}
    >
      <FilterMenu label="Type" options={TYPES} selected={filters.type} onSelectedChange={(types) => onChange({ type: types })} />
      <FilterMenu label="State" options={STATES} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
    </FilterBar>
  );
}
