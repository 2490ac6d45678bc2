"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { SearchInput } from "@/components/patterns/search-input";
import type { DeviceFilters } from "./device-filters";
import { filterChoices } from "./filter-options";

const TYPING_PAUSE_MS = 250;

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
    <div className="flex flex-wrap items-center gap-2 border-b p-3">
      <DelayedSearch value={filters.q} onChange={(q) => onChange({ q })} />
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
