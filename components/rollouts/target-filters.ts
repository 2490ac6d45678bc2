import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { TARGET_STATES } from "@/server/domain/rollouts/vocabulary";

/** Which of a rollout's devices are shown, in its page's URL. */
export const TARGET_FILTERS = {
  state: parseAsArrayOf(parseAsStringLiteral(TARGET_STATES)).withDefault([]),
  /** Position of the stage, from 0. */
  stage: parseAsInteger,
  q: parseAsString.withDefault(""),
};

const PAGE_SIZE = 50;

export function toTargetListInput(
  id: string,
  { state, stage, q }: { state: (typeof TARGET_STATES)[number][]; stage: number | null; q: string },
) {
  return { id, states: state, position: stage === null || stage < 0 ? undefined : stage, search: q.slice(0, 200), pageSize: PAGE_SIZE };
}
