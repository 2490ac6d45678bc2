import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { TOKEN_STATE_LABELS, TOKEN_STATES } from "@/server/domain/provisioning/token-state";
import type { TokenFilters } from "./token-filters";

const STATE_OPTIONS = TOKEN_STATES.map((value) => ({ value, label: TOKEN_STATE_LABELS[value] }));

interface TokenToolbarProps {
  filters: TokenFilters;
  onChange: (change: Partial<TokenFilters>) => void;
}

export function TokenToolbar({ filters, onChange }: TokenToolbarProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  return (
    <FilterBar className="border-b p-3">
      <FilterMenu label="State" options={STATE_OPTIONS} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
      {farms.data && farms.data.length > 1 ? (
        <FilterMenu
          label="Farm"
          options={farms.data.map((farm) => ({ value: farm.id, label: farm.name }))}
          selected={filters.farm}
          onSelectedChange={(farm) => onChange({ farm })}
        />
      ) : null}
      {filters.batch ? <FilterChip label="One batch" pressed onPressedChange={() => onChange({ batch: "" })} /> : null}
    </FilterBar>
  );
}
