"use client";

import { ChoiceRow } from "@/components/patterns/choice-row";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { describeWhy } from "./describe-detail";
import { progressOf, TARGET_GROUP_LABELS } from "./rollout-progress";
import { TARGET_VIEWS, type TargetFilters } from "./target-filters";

interface TargetToolbarProps {
  rollout: RolloutPageView;
  filters: TargetFilters;
  onChange: (change: Partial<TargetFilters>) => void;
}

/** Which of a rollout's devices. */
export function TargetToolbar({ rollout: { stages, counts }, filters, onChange }: TargetToolbarProps) {
  const progress = progressOf(counts);
  const ofStage = progressOf(filters.stage === null ? counts : (stages[filters.stage]?.counts ?? {}));
  const views = TARGET_VIEWS.filter((view) => view === "counted" || view === filters.show || progress[view] > 0);
  return (
    <div className="flex flex-col gap-3 px-4 pb-3">
      <ChoiceRow
        label="Which devices"
        scrolls
        options={views.map((value) => ({
          value,
          label: value === "counted" ? "All" : TARGET_GROUP_LABELS[value],
          count: value === "counted" ? ofStage.total : value === "leftOut" ? progress.leftOut : ofStage[value],
        }))}
        value={filters.show}
        onChange={(show) => onChange({ show, why: null })}
      />
      <FilterBar
        search={{
          value: filters.q,
          onChange: (q) => onChange({ q }),
          label: "Search devices of the rollout",
          placeholder: "ID, name, place…",
        }}
      >
        {stages.length > 1 && filters.show !== "leftOut" ? (
          <FilterMenu
            label="Stage"
            options={stages.map(({ position, name }) => ({ value: String(position), label: name }))}
            selected={filters.stage === null ? [] : [String(filters.stage)]}
            onSelectedChange={(chosen) => onChange({ stage: chosen.length > 0 ? Number(chosen.at(-1)) : null })}
          />
        ) : null}
        {filters.why ? (
          <FilterChip label={describeWhy(filters.show, filters.why)} pressed onPressedChange={() => onChange({ why: null })} />
        ) : null}
      </FilterBar>
    </div>
  );
}
