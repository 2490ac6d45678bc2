"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import type { DeviceFilters } from "./device-filters";
import { filterChoices } from "./filter-options";

interface DeviceToolbarProps {
  filters: DeviceFilters;
  onChange: (change: Partial<DeviceFilters>) => void;
}

/** Search and filters. The rarer ones wait behind "More" until they are used. */
export function DeviceToolbar({ filters, onChange }: DeviceToolbarProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const facets = useQuery(trpc.devices.facets.queryOptions());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const choices = filterChoices(filters, { farms: farms.data ?? [], facets: facets.data });
  const isShown = (choice: (typeof choices)[number]) => !choice.secondary || choice.selected.length > 0 || opened.has(choice.key);
  const hidden = choices.filter((choice) => !isShown(choice));
  return (
    <FilterBar
      search={{ value: filters.q, onChange: (q) => onChange({ q }), label: "Search devices", placeholder: "Search ID, name, serial…" }}
      className="border-b p-3"
    >
      <FilterChip label="Needs attention" pressed={filters.attention} onPressedChange={(attention) => onChange({ attention })} />
      {choices.filter(isShown).map((choice) => (
        <FilterMenu
          key={choice.key}
          label={choice.label}
          options={choice.options}
          selected={choice.selected}
          onSelectedChange={(values) => onChange(choice.change(values))}
        />
      ))}
      {hidden.length > 0 ? (
        <ActionMenu
          label="More filters"
          variant="ghost"
          size="sm"
          align="start"
          items={hidden.map((choice) => ({ label: choice.label, onSelect: () => setOpened(new Set([...opened, choice.key])) }))}
        >
          <ListFilter aria-hidden />
          More filters
        </ActionMenu>
      ) : null}
    </FilterBar>
  );
}
