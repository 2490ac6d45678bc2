import { createSerializer, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { FAILURE_CODES, HOLD_REASONS, SKIP_REASONS, type TargetState } from "@/server/domain/rollouts/vocabulary";
import { TARGET_GROUPS, type TargetGroup } from "./rollout-progress";

/** `counted`: all but those left out, who would swamp them. */
export const TARGET_VIEWS = ["counted", "failed", "underWay", "held", "waiting", "done", "calledOff", "leftOut"] as const;
export type TargetView = "counted" | TargetGroup;

const WHYS = [...new Set([...FAILURE_CODES, ...HOLD_REASONS, ...SKIP_REASONS])];

/** Which of a rollout's devices are shown, in its page's URL. */
export const TARGET_FILTERS = {
  show: parseAsStringLiteral(TARGET_VIEWS).withDefault("counted"),
  /** Why they failed, wait or were left out. */
  why: parseAsStringLiteral(WHYS),
  /** Position of the stage, from 0. */
  stage: parseAsInteger,
  q: parseAsString.withDefault(""),
};

export interface TargetFilters {
  show: TargetView;
  why: (typeof WHYS)[number] | null;
  stage: number | null;
  q: string;
}

const PAGE_SIZE = 50;

const COUNTED: TargetState[] = Object.entries(TARGET_GROUPS).flatMap(([group, states]) => (group === "leftOut" ? [] : states));

export function toTargetListInput(id: string, { show, why, stage, q }: TargetFilters) {
  return {
    id,
    states: show === "counted" ? COUNTED : [...TARGET_GROUPS[show]],
    why: why ?? undefined,
    // Those left out are in no stage.
    position: stage === null || stage < 0 || show === "leftOut" ? undefined : stage,
    search: q.slice(0, 200),
    pageSize: PAGE_SIZE,
  };
}

/** Where the devices stand on a rollout's page. */
export const TARGETS_ANCHOR = "devices";

const serialize = createSerializer(TARGET_FILTERS);

/** A rollout's page, at some of its devices. */
export function targetsHref(rolloutId: string, filters: Partial<TargetFilters>): string {
  return `${serialize(`/rollouts/${rolloutId}`, filters)}#${TARGETS_ANCHOR}`;
}
