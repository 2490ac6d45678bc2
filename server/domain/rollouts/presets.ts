import type { RolloutStageInput } from "./schema";

export const STAGE_PRESETS = ["fleet", "farm", "at_once"] as const;
export type StagePreset = (typeof STAGE_PRESETS)[number];

export const STAGE_PRESET_FACTS: Record<StagePreset, { label: string; description: string }> = {
  fleet: { label: "Canary, then more", description: "5 % first, then 25 %, then everything; each is watched before the next begins." },
  farm: { label: "One farm", description: "One device on the bench, then half, then the rest; somebody approves the first." },
  at_once: { label: "All at once", description: "One stage. For few devices, or when it has been tried elsewhere." },
};

const GATE = { successThreshold: 90, failureThreshold: 10, minimumSample: 10, soakMinutes: 0, needsApproval: false };

/** Stages to begin with. */
export function presetStages(preset: StagePreset): RolloutStageInput[] {
  switch (preset) {
    case "fleet":
      return [
        { ...GATE, name: "Canary", size: { kind: "percent", upTo: 5 }, failureThreshold: 5, minimumSample: 3, soakMinutes: 60 },
        { ...GATE, name: "A quarter", size: { kind: "percent", upTo: 25 }, soakMinutes: 60 },
        { ...GATE, name: "Everything", size: { kind: "percent", upTo: 100 } },
      ];
    case "farm":
      return [
        {
          ...GATE,
          name: "Bench unit",
          size: { kind: "count", count: 1 },
          successThreshold: 100,
          failureThreshold: 0,
          minimumSample: 1,
          needsApproval: true,
        },
        { ...GATE, name: "One side", size: { kind: "percent", upTo: 50 }, minimumSample: 3, soakMinutes: 30 },
        { ...GATE, name: "The rest", size: { kind: "percent", upTo: 100 }, minimumSample: 3 },
      ];
    case "at_once":
      return [{ ...GATE, name: "All", size: { kind: "percent", upTo: 100 } }];
  }
}
