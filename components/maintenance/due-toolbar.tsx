"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { FarmFilter } from "@/components/farms/farm-filter";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DUE_KIND_LABELS, DUE_KINDS } from "@/server/domain/maintenance/maintenance-type";
import { type DueFilters, spanOf, stepOf } from "./due-filters";
import { formatMonth, formatSpan } from "./format-day";

const TYPE_OPTIONS = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].label }));
const KIND_OPTIONS = DUE_KINDS.map((value) => ({ value, label: DUE_KIND_LABELS[value] }));

interface DueToolbarProps {
  filters: DueFilters;
  day: string;
  today: string;
  onChange: (change: Partial<DueFilters>) => void;
}

/** Which days, and of what. */
export function DueToolbar({ filters, day, today, onChange }: DueToolbarProps) {
  const { view } = filters;
  const { from, to } = spanOf(view, day);
  const unit = view === "week" ? "week" : "month";
  return (
    <div className="mt-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex items-center gap-1">
          <Button size="icon" aria-label={`Previous ${unit}`} onClick={() => onChange({ day: stepOf(view, day, -1) })}>
            <ChevronLeft aria-hidden />
          </Button>
          <Button size="icon" aria-label={`Next ${unit}`} onClick={() => onChange({ day: stepOf(view, day, 1) })}>
            <ChevronRight aria-hidden />
          </Button>
        </div>
        <Button
          onClick={() => onChange({ day: "" })}
          disabled={from <= today && today <= to && (view === "week" || day.slice(0, 7) === today.slice(0, 7))}
        >
          Today
        </Button>
        <p aria-live="polite" className="px-1 text-lg font-semibold tabular">
          {view === "week" ? formatSpan(from, to) : formatMonth(day)}
        </p>
      </div>
      <div className="scroll-row w-full gap-2 sm:flex sm:w-auto sm:flex-wrap sm:items-center">
        <FarmFilter selected={filters.farm} onSelectedChange={(farm) => onChange({ farm })} />
        <FilterMenu label="Type" options={TYPE_OPTIONS} selected={filters.type} onSelectedChange={(type) => onChange({ type })} />
        <FilterMenu label="Kind" options={KIND_OPTIONS} selected={filters.kind} onSelectedChange={(kind) => onChange({ kind })} />
        <div role="group" aria-label="View" className="flex rounded-control border border-line-2 bg-panel p-0.5">
          {(["week", "month"] as const).map((value) => (
            <button
              key={value}
              type="button"
              aria-pressed={view === value}
              onClick={() => onChange({ view: value })}
              className={cn(
                "h-8 rounded-inner px-3 font-medium capitalize pointer-coarse:h-11 pointer-coarse:px-4",
                view === value ? "bg-accent-soft text-accent" : "text-ink-2 hover:text-ink",
              )}
            >
              {value}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
