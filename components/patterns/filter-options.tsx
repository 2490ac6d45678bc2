"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { CONTROL_BOX } from "@/components/ui/control-styles";
import { cn } from "@/components/ui/cn";
import type { FilterOption } from "./filter-menu";

const SEARCH_FROM = 9;

interface FilterOptionsProps<Value extends string> {
  label: string;
  options: readonly FilterOption<Value>[];
  selected: readonly Value[];
  onSelectedChange: (selected: Value[]) => void;
}

/** The list inside a filter's popover; long lists get a search. */
export function FilterOptions<Value extends string>({ label, options, selected, onSelectedChange }: FilterOptionsProps<Value>) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = wanted ? options.filter((option) => option.label.toLowerCase().includes(wanted)) : options;
  const toggle = (value: Value, chosen: boolean) =>
    onSelectedChange(chosen ? [...selected, value] : selected.filter((other) => other !== value));
  return (
    <>
      {options.length >= SEARCH_FROM ? (
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder="Find…"
          className={cn(CONTROL_BOX, "mb-1.5 h-9 px-2.5 pointer-coarse:h-11")}
        />
      ) : null}
      <ul className="max-h-72 overflow-y-auto overscroll-contain">
        {shown.map((option) => (
          <li key={option.value}>
            <label className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-inner px-2 hover:bg-sunken pointer-coarse:min-h-11">
              <Checkbox aria-label={option.label} checked={selected.includes(option.value)} onCheckedChange={(chosen) => toggle(option.value, chosen)} />
              <span className="min-w-0 flex-1 truncate">{option.label}</span>
              {option.count === undefined ? null : <span className="tabular text-sm text-ink-3">{option.count}</span>}
            </label>
          </li>
        ))}
        {shown.length === 0 ? <li className="px-2 py-3 text-ink-2">Nothing matches “{query}”.</li> : null}
      </ul>
    </>
  );
}
