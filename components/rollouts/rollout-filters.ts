import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ROLLOUT_STATES } from "@/server/domain/rollouts/vocabulary";

/** The rollout list's state in the URL. */
export const ROLLOUT_FILTERS = {
  state: parseAsArrayOf(parseAsStringLiteral(ROLLOUT_STATES)).withDefault([]),
  q: parseAsString.withDefault(""),
};

export const loadRolloutFilters = createLoader(ROLLOUT_FILTERS);

export type RolloutFilters = Awaited<ReturnType<typeof loadRolloutFilters>>;

export function isFiltered({ state, q }: RolloutFilters): boolean {
  return state.length > 0 || q !== "";
}

/** The server's query; the farm of the switcher narrows it. */
export function toRolloutListInput(filters: RolloutFilters, selectedFarmId: string | null) {
  return { states: filters.state, farmIds: selectedFarmId ? [selectedFarmId] : [], search: filters.q.slice(0, 200) };
}
