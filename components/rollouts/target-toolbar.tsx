"use client";

import { useEffect, useRef, useState } from "react";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { SearchInput } from "@/components/patterns/search-input";
import { TARGET_STATES, type TargetState } from "@/server/domain/rollouts/vocabulary";
import { TARGET_STATE_FACTS } from "./rollout-facts";

const STATES = TARGET_STATES.map((value) => ({ value, label: TARGET_STATE_FACTS[value].label }));
const TYPING_PAUSE_MS = 250;

interface TargetFilters {
  state: TargetState[];
  stage: number | null;
  q: string;
}

interface TargetToolbarProps {
  filters: TargetFilters;
  stages: readonly { position: number; name: string }[];
  onChange: (change: Partial<TargetFilters>) => void;
}

/** Which of a rollout's devices. */
export function TargetToolbar({ filters, stages, onChange }: TargetToolbarProps) {
  const [search, setSearch] = useState(filters.q);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  const type = (value: string) => {
    setSearch(value);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => onChange({ q: value }), TYPING_PAUSE_MS);
  };
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3">
      <SearchInput value={search} onValueChange={type} label="Search devices of the rollout" placeholder="ID, name, place…" />
      <FilterMenu label="State" options={STATES} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
      {stages.length > 1 ? (
        <FilterMenu
          label="Stage"
          options={stages.map(({ position, name }) => ({ value: String(position), label: name }))}
          selected={filters.stage === null ? [] : [String(filters.stage)]}
          onSelectedChange={(chosen) => onChange({ stage: chosen.length > 0 ? Number(chosen.at(-1)) : null })}
        />
      ) : null}
    </div>
  );
}
