import { presetStages, STAGE_PRESETS, type StagePreset } from "@/server/domain/rollouts/presets";
import type { RolloutFormInput } from "./rollout-form";

type StageInput = RolloutFormInput["stages"][number];

/** Fewer are not worth stages. */
const MIN_STAGED = 4;
/** Below, percentages are too coarse: one device on the bench says more than five percent. */
const MAX_FARM = 200;

/** The stages that suit so many devices. */
export function suggestPreset(devices: number): StagePreset {
  if (devices < MIN_STAGED) return "at_once";
  return devices <= MAX_FARM ? "farm" : "fleet";
}

/** The preset that the stages still are; `undefined` when somebody has changed them. */
export function matchingPreset(stages: readonly StageInput[]): StagePreset | undefined {
  const wanted = JSON.stringify(stages.map(factsOf));
  return STAGE_PRESETS.find((preset) => JSON.stringify(presetStages(preset).map(factsOf)) === wanted);
}

function factsOf({ name, size, successThreshold, failureThreshold, minimumSample, soakMinutes, needsApproval }: StageInput): unknown[] {
  const extent = size.kind === "percent" ? size.upTo : size.kind === "count" ? size.count : size.deviceIds;
  return [name, size.kind, extent, successThreshold, failureThreshold, minimumSample, soakMinutes, needsApproval];
}

/** One more stage, to begin with: everything that is left. */
export function newStage(position: number): StageInput {
  const [stage] = presetStages("at_once");
  return { ...stage, name: `Stage ${position + 1}`, size: { kind: "percent", upTo: 100 } };
}
