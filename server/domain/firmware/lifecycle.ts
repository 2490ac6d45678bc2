import type { FirmwareState } from "./vocabulary";

/**
 * Specification Task 1.2, DESIGN 7. What left the draft never becomes one again: devices may run it. A deprecated
 * version comes back by way of testing, so that it is looked at once more.
 */
export const FIRMWARE_TRANSITIONS = {
  draft: ["testing"],
  testing: ["stable", "deprecated"],
  stable: ["deprecated"],
  deprecated: ["testing"],
} as const satisfies Record<FirmwareState, readonly FirmwareState[]>;

/** The states a version may go to next. */
export function nextStates(from: FirmwareState): readonly FirmwareState[] {
  return FIRMWARE_TRANSITIONS[from];
}

/** Whether its fields and its file may still be changed, and whether it may be deleted. */
export function isEditable(state: FirmwareState): boolean {
  return state === "draft";
}

/** Whether devices may be updated to it (specification Task 1.2: testing and stable). */
export function canRollOut(state: FirmwareState): boolean {
  return state === "testing" || state === "stable";
}

export type StateRefusal = "transition" | "no_artifact" | "second_person" | "no_reason";

export const STATE_REFUSALS: Record<StateRefusal, string> = {
  transition: "A version goes from draft to testing, from there to stable or deprecated, and from deprecated back to testing.",
  no_artifact: "It has no file yet. Upload one first.",
  second_person: "Somebody else must release it: whoever put it into testing does not also call it stable.",
  no_reason: "Say why, for whoever still runs it",
};

interface Step {
  from: FirmwareState;
  to: FirmwareState;
  hasArtifact: boolean;
  /** Who acts, and who put it into testing the last time. */
  actorId: string;
  testedById: string | null;
  /** Whether the installation asks for two people (FIRMWARE_SECOND_PERSON). */
  needsSecondPerson: boolean;
  note: string | null;
}

/** Why a version may not take this step; `undefined` = it may. */
export function stateRefusal(step: Step): StateRefusal | undefined {
  if (!nextStates(step.from).includes(step.to)) return "transition";
  if (step.to !== "deprecated" && !step.hasArtifact) return "no_artifact";
  if (step.to === "stable" && step.needsSecondPerson && step.testedById === step.actorId) return "second_person";
  if (step.to === "deprecated" && !step.note) return "no_reason";
  return undefined;
}
