"use client";

import { FarmFilter } from "@/components/farms/farm-filter";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { cn } from "@/components/ui/cn";
import { CONTROL_BOX } from "@/components/ui/control-styles";
import { ACTOR_KINDS } from "@/server/domain/audit/schema";
import type { AuditFilters } from "./audit-filters";
import { ACTOR_KIND_LABELS, SUBJECT_TYPE_LABELS } from "./describe-activity";

const ACTORS = ACTOR_KINDS.map((value) => ({ value, label: ACTOR_KIND_LABELS[value] }));
const SUBJECTS = Object.entries(SUBJECT_TYPE_LABELS)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, "en"));

interface AuditToolbarProps {
  filters: AuditFilters;
  onChange: (change: Partial<AuditFilters>) => void;
}

/** Which events. */
export function AuditToolbar({ filters, onChange }: AuditToolbarProps) {
  return (
    <FilterBar
      search={{ value: filters.q, onChange: (q) => onChange({ q }), label: "Search the audit log", placeholder: "Who, what, which…" }}
    >
      <FilterMenu label="Actor" options={ACTORS} selected={filters.actor} onSelectedChange={(actor) => onChange({ actor })} />
      <FilterMenu label="Subject" options={SUBJECTS} selected={filters.subject} onSelectedChange={(subject) => onChange({ subject })} />
      <FarmFilter selected={filters.farm} onSelectedChange={(farm) => onChange({ farm })} />
      <Day label="From (UTC)" value={filters.from} max={filters.to} onChange={(from) => onChange({ from })} />
      <Day label="To (UTC)" value={filters.to} min={filters.from} onChange={(to) => onChange({ to })} />
    </FilterBar>
  );
}

interface DayProps {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}

function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <label className="flex shrink-0 items-center gap-2 text-sm whitespace-nowrap text-ink-2">
      {label}
      <input
        type="date"
        value={value}
        min={min || undefined}
        max={max || undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cn(CONTROL_BOX, "h-9 w-36 px-2.5 pointer-coarse:h-11")}
      />
    </label>
  );
}
