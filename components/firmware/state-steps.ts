import type { FirmwareState } from "@/server/domain/firmware/vocabulary";

interface StepFacts {
  /** On the button. */
  label: string;
  title: (version: string) => string;
  consequence: string;
  noteLabel: string;
  /** Without a note there is no step. */
  needsNote: boolean;
  done: string;
}

/** What moving a version to a state means, in words. */
export const STEP_FACTS: Record<Exclude<FirmwareState, "draft">, StepFacts> = {
  testing: {
    label: "Put into testing",
    title: (version) => `Put ${version} into testing?`,
    consequence: "From then on nothing of it can be changed, not even its file, and it cannot be deleted. Chosen devices may be given it.",
    noteLabel: "What is to be tried",
    needsNote: false,
    done: "In testing",
  },
  stable: {
    label: "Release as stable",
    title: (version) => `Release ${version} as stable?`,
    consequence: "It becomes what devices of its type should run. Devices are updated by a rollout, not by this.",
    noteLabel: "What was found in testing",
    needsNote: false,
    done: "Released as stable",
  },
  deprecated: {
    label: "Deprecate",
    title: (version) => `Deprecate ${version}?`,
    consequence: "No device is given it any more. Those that run it go on; the list shows them.",
    noteLabel: "Why",
    needsNote: true,
    done: "Deprecated",
  },
};

/** Back from deprecated it is testing under another name. */
export function stepLabel(from: FirmwareState, to: FirmwareState): string {
  if (from === "deprecated" && to === "testing") return "Back to testing";
  return to === "draft" ? "" : STEP_FACTS[to].label;
}
