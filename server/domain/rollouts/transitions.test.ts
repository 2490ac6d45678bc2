import { describe, expect, test } from "vitest";
import { canMoveRollout, canMoveStage, canMoveTarget, hasFailed, isActive, isTerminal, sourcesOf } from "./transitions";
import { ROLLOUT_STATES, STAGE_STATES, TARGET_STATES, type RolloutState, type StageState, type TargetState } from "./vocabulary";

// Every pair, written down once more by hand: a row lists all that is allowed, everything else is forbidden.

const ROLLOUT: Record<RolloutState, RolloutState[]> = {
  draft: ["scheduled", "cancelled"],
  scheduled: ["in_progress", "cancelled"],
  in_progress: ["paused", "completed", "failed", "cancelled"],
  paused: ["in_progress", "failed", "cancelled"],
  completed: [],
  failed: [],
  cancelled: [],
};

describe.each(ROLLOUT_STATES)("a rollout that is %s", (from) => {
  test.each(ROLLOUT_STATES)("→ %s", (to) => {
    expect(canMoveRollout(from, to)).toBe(ROLLOUT[from].includes(to));
  });
});

const STAGE: Record<StageState, StageState[]> = {
  waiting: ["open"],
  open: ["soaking", "awaiting_approval", "done"],
  soaking: ["awaiting_approval", "done"],
  awaiting_approval: ["done"],
  done: [],
};

describe.each(STAGE_STATES)("a stage that is %s", (from) => {
  test.each(STAGE_STATES)("→ %s", (to) => {
    expect(canMoveStage(from, to)).toBe(STAGE[from].includes(to));
  });
});

const TARGET: Record<TargetState, TargetState[]> = {
  pending: ["held", "sent", "skipped", "cancelled"],
  held: ["pending", "sent", "skipped", "cancelled"],
  sent: ["downloading", "downloaded", "installing", "verifying", "completed", "failed", "rolled_back", "timed_out", "cancelled"],
  downloading: ["downloaded", "installing", "verifying", "completed", "failed", "rolled_back", "timed_out"],
  downloaded: ["installing", "verifying", "completed", "failed", "rolled_back", "timed_out"],
  installing: ["verifying", "completed", "failed", "rolled_back", "timed_out"],
  verifying: ["completed", "failed", "rolled_back", "timed_out"],
  completed: [],
  failed: [],
  rolled_back: [],
  timed_out: [],
  skipped: [],
  cancelled: [],
};

describe.each(TARGET_STATES)("a device that is %s", (from) => {
  test.each(TARGET_STATES)("→ %s", (to) => {
    expect(canMoveTarget(from, to)).toBe(TARGET[from].includes(to));
  });

  test("is waiting, active or ended, and failed only when ended", () => {
    const isWaiting = from === "pending" || from === "held";
    expect([isWaiting, isActive(from), isTerminal(from)].filter(Boolean)).toHaveLength(1);
    if (hasFailed(from)) expect(isTerminal(from)).toBe(true);
  });
});

test.each(TARGET_STATES)("what may become %s", (to) => {
  expect(sourcesOf(to)).toEqual(TARGET_STATES.filter((from) => TARGET[from].includes(to)));
});
