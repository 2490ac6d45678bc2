import { FarmFilter } from "@/components/farms/farm-filter";
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
  return (
    <FilterBar className="border-b p-3">
      <FilterMenu label="State" options={STATE_OPTIONS} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
      <FarmFilter selected={filters.farm} onSelectedChange={(farm) => onChange({ farm })} />
      {filters.batch ? <FilterChip label="One batch" pressed onPressedChange={() => onChange({ batch: "" })} /> : null}
    </FilterBar>
  );
}
