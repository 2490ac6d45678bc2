"use client";

import { type RefObject, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { CONTROL_BOX } from "@/components/ui/control-styles";
import { Popover, PopoverContent } from "@/components/ui/popover";
import type { FilterMenuProps } from "./filter-menu";

const SEARCH_FROM = 9;

interface FilterPopoverProps extends FilterMenuProps<string> {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The choices of one filter; it stays open while several are ticked. */
export function FilterPopover({ anchor, open, onOpenChange, ...filter }: FilterPopoverProps) {
  return (
    <Popover open={open} onOpenChange={(next) => onOpenChange(next)} modal="trap-focus">
      <PopoverContent anchor={anchor} className="p-1.5" aria-label={`Filter by ${filter.label.toLowerCase()}`}>
        <Options {...filter} />
      </PopoverContent>
    </Popover>
  );
}

function Options({ label, options, selected, onSelectedChange }: FilterMenuProps<string>) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = wanted ? options.filter((option) => option.label.toLowerCase().includes(wanted)) : options;
  const toggle = (value: string, chosen: boolean) =>
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
              <Checkbox checked={selected.includes(option.value)} onCheckedChange={(chosen) => toggle(option.value, chosen)} />
              <span className="min-w-0 flex-1 truncate">{option.label}</span>
              {option.count === undefined ? null : <span className="text-sm text-ink-3 tabular">{option.count}</span>}
            </label>
          </li>
        ))}
        {shown.length === 0 ? (
          <li className="px-2 py-3 text-ink-2">{options.length === 0 ? "Nothing to choose from yet." : `Nothing matches “${query}”.`}</li>
        ) : null}
      </ul>
    </>
  );
}
