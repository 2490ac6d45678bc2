"use client";

import { Plus, X } from "lucide-react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/components/ui/cn";
import { CHIP, CHIP_ACTIVE, CHIP_IDLE } from "./chip-styles";
import { FilterOptions } from "./filter-options";

export interface FilterOption<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

interface FilterMenuProps<Value extends string> {
  /** "Farm", "Type", "Health". */
  label: string;
  options: readonly FilterOption<Value>[];
  selected: readonly Value[];
  onSelectedChange: (selected: Value[]) => void;
}

/** A filter with several choices: a dashed chip, then a filled one that says what is chosen and can be removed. */
export function FilterMenu<Value extends string>({ label, options, selected, onSelectedChange }: FilterMenuProps<Value>) {
  const active = selected.length > 0;
  const names = options.filter((option) => selected.includes(option.value)).map((option) => option.label);
  const summary = names.length > 2 ? `${names.length} chosen` : names.join(", ");
  return (
    <Popover>
      <span className={cn("inline-flex max-w-full", active && [CHIP_ACTIVE, "rounded-full"].join(" "))}>
        <PopoverTrigger className={cn(CHIP, "min-w-0", active ? "rounded-r-none pr-1 pl-3 font-medium" : CHIP_IDLE)}>
          {active ? null : <Plus aria-hidden />}
          <span className="truncate">
            {label}
            {active ? <span className="font-normal">: {summary}</span> : null}
          </span>
        </PopoverTrigger>
        {active ? (
          <button
            type="button"
            aria-label={`Remove filter ${label}`}
            onClick={() => onSelectedChange([])}
            className={cn(CHIP, "rounded-l-none pr-2.5 pl-1 pointer-coarse:w-11 pointer-coarse:justify-center")}
          >
            <X aria-hidden />
          </button>
        ) : null}
      </span>
      <PopoverContent className="p-1.5" aria-label={`Filter by ${label.toLowerCase()}`}>
        <FilterOptions label={label} options={options} selected={selected} onSelectedChange={onSelectedChange} />
      </PopoverContent>
    </Popover>
  );
}
