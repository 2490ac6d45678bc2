"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { FarmFilter } from "@/components/farms/farm-filter";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { Select } from "@/components/ui/select";
import { ALERT_VIEW_LABELS, ALERT_VIEWS, type AlertOrder } from "@/server/domain/alerts/list-vocabulary";
import { ALERT_SEVERITIES, ALERT_TYPE_LABELS, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";
import { SEVERITY_LABELS } from "./alert-facts";
import type { AlertFilters } from "./alert-filters";

const VIEWS = ALERT_VIEWS.map((value) => ({ value, label: ALERT_VIEW_LABELS[value] }));
const SEVERITIES = [...ALERT_SEVERITIES].reverse().map((value) => ({ value, label: SEVERITY_LABELS[value] }));
const TYPES = ALERT_TYPES.map((value) => ({ value, label: ALERT_TYPE_LABELS[value] }));
const ORDERS: { value: AlertOrder; label: string }[] = [
  { value: "gravest", label: "Gravest first" },
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
];

interface AlertToolbarProps {
  filters: AlertFilters;
  onChange: (change: Partial<AlertFilters>) => void;
}

/** Which alerts, and in which order. */
export function AlertToolbar({ filters, onChange }: AlertToolbarProps) {
  const trpc = useTRPC();
  const groups = useQuery(trpc.groups.list.queryOptions({}));
  return (
    <FilterBar
      search={{ value: filters.q, onChange: (q) => onChange({ q }), label: "Search alerts", placeholder: "Device, place, group…" }}
    >
      <Select
        aria-label="Which alerts"
        items={VIEWS}
        value={filters.view}
        onValueChange={(view) => view && onChange({ view })}
        className="w-auto min-w-40"
      />
      <FilterMenu
        label="Severity"
        options={SEVERITIES}
        selected={filters.severity}
        onSelectedChange={(severity) => onChange({ severity })}
      />
      <FilterMenu label="Type" options={TYPES} selected={filters.type} onSelectedChange={(types) => onChange({ type: types })} />
      <FarmFilter selected={filters.farm} onSelectedChange={(farm) => onChange({ farm })} />
      {groups.data && groups.data.length > 0 ? (
        <FilterMenu
          label="Group"
          options={groups.data.map((group) => ({ value: group.id, label: group.path.join(" › ") }))}
          selected={filters.group}
          onSelectedChange={(group) => onChange({ group })}
        />
      ) : null}
      <Select
        aria-label="Order"
        items={ORDERS}
        value={filters.order}
        onValueChange={(order) => order && onChange({ order })}
        className="w-auto min-w-40 sm:ml-auto"
      />
    </FilterBar>
  );
}
