"use client";

import { Plus, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { cn } from "@/components/ui/cn";
import { useLazyPopup } from "@/components/ui/use-lazy-popup";
import { CHIP, CHIP_ACTIVE, CHIP_IDLE } from "./chip-styles";

export interface FilterOption<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

export interface FilterMenuProps<Value extends string> {
  /** "Farm", "Type", "Health". */
  label: string;
  options: readonly FilterOption<Value>[];
  selected: readonly Value[];
  onSelectedChange: (selected: Value[]) => void;
}

const load = () => import("./filter-popover");
const FilterPopover = lazy(async () => ({ default: (await load()).FilterPopover }));

/** A filter with several choices: a dashed chip, then a filled one that says what is chosen and can be removed. */
export function FilterMenu<Value extends string>({ label, options, selected, onSelectedChange }: FilterMenuProps<Value>) {
  const { mounted, popup, triggerProps } = useLazyPopup(load, "dialog");
  const active = selected.length > 0;
  const names = options.filter((option) => selected.includes(option.value)).map((option) => option.label);
  const summary = names.length > 2 ? `${names.length} chosen` : names.join(", ");
  return (
    <span className={cn("inline-flex max-w-full", active && [CHIP_ACTIVE, "rounded-full"].join(" "))}>
      <button type="button" {...triggerProps} className={cn(CHIP, "min-w-0", active ? "rounded-r-none pr-1 pl-3 font-medium" : CHIP_IDLE)}>
        {active ? null : <Plus aria-hidden />}
        <span className="truncate">
          {label}
          {active ? <span className="font-normal">: {summary}</span> : null}
        </span>
      </button>
      {active ? (
        <button
          type="button"
          aria-label={`Remove filter ${label}`}
          onClick={() => {
            onSelectedChange([]);
            popup.anchor.current?.focus();
          }}
          className={cn(CHIP, "rounded-l-none pr-2.5 pl-1 pointer-coarse:w-11 pointer-coarse:justify-center")}
        >
          <X aria-hidden />
        </button>
      ) : null}
      {mounted ? (
        <Suspense>
          <FilterPopover
            {...popup}
            label={label}
            options={options}
            selected={selected}
            // Only values of `options` come back.
            onSelectedChange={(values) => onSelectedChange(values as Value[])}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
