import { ACTIVE_TARGET_STATES, FAILED_TARGET_STATES, type RolloutState, type StageState, type TargetState } from "./vocabulary";

/**
 * A rollout's life. What has ended stays ended: trying again, or going back, is another rollout or another attempt.
 * A rollout that was paused while it was only scheduled is resumed into the same.
 */
export const ROLLOUT_TRANSITIONS = {
  draft: ["scheduled", "cancelled"],
  scheduled: ["in_progress", "cancelled"],
  in_progress: ["paused", "completed", "failed", "cancelled"],
  paused: ["in_progress", "failed", "cancelled"],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<RolloutState, readonly RolloutState[]>;

/** A stage only goes forward; one that soaks and fails stops the rollout, not the stage. */
export const STAGE_TRANSITIONS = {
  waiting: ["open"],
  open: ["soaking", "awaiting_approval", "done"],
  soaking: ["awaiting_approval", "done"],
  awaiting_approval: ["done"],
  done: [],
} as const satisfies Record<StageState, readonly StageState[]>;

const ENDS = ["completed", "failed", "rolled_back", "timed_out"] as const;

/**
 * One attempt of one device. A device may skip states (messages get lost), never go back. What was sent and not begun
 * may still be called off; what the device works on is left to end.
 */
export const TARGET_TRANSITIONS = {
  pending: ["held", "sent", "skipped", "cancelled"],
  held: ["pending", "sent", "skipped", "cancelled"],
  sent: ["downloading", "downloaded", "installing", "verifying", ...ENDS, "cancelled"],
  downloading: ["downloaded", "installing", "verifying", ...ENDS],
  downloaded: ["installing", "verifying", ...ENDS],
  installing: ["verifying", ...ENDS],
  verifying: [...ENDS],
  completed: [],
  failed: [],
  rolled_back: [],
  timed_out: [],
  skipped: [],
  cancelled: [],
} as const satisfies Record<TargetState, readonly TargetState[]>;

export function canMoveRollout(from: RolloutState, to: RolloutState): boolean {
  return (ROLLOUT_TRANSITIONS[from] as readonly RolloutState[]).includes(to);
}

/** It has begun and does not go on: only then may what it has updated be sent back. */
export function standsStill(state: RolloutState): boolean {
  return state === "paused" || state === "completed" || state === "failed" || state === "cancelled";
}

export function canMoveStage(from: StageState, to: StageState): boolean {
  return (STAGE_TRANSITIONS[from] as readonly StageState[]).includes(to);
}

export function canMoveTarget(from: TargetState, to: TargetState): boolean {
  return (TARGET_TRANSITIONS[from] as readonly TargetState[]).includes(to);
}

/** The states from which a target may come into another: what a statement's WHERE has to say. */
export function sourcesOf(to: TargetState): TargetState[] {
  return (Object.keys(TARGET_TRANSITIONS) as TargetState[]).filter((from) => canMoveTarget(from, to));
}

export function isActive(state: TargetState): boolean {
  return (ACTIVE_TARGET_STATES as readonly TargetState[]).includes(state);
}

export function hasFailed(state: TargetState): boolean {
  return (FAILED_TARGET_STATES as readonly TargetState[]).includes(state);
}

export function isTerminal(state: TargetState): boolean {
  return TARGET_TRANSITIONS[state].length === 0;
}
