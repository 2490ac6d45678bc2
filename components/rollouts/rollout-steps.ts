import { amountOf, formatCount } from "@/components/patterns/format-count";
import { standsStill } from "@/server/domain/rollouts/transitions";
import type { RolloutKind, RolloutState, StageState } from "@/server/domain/rollouts/vocabulary";
import { type RolloutProgress, progressOf, type TargetCounts } from "./rollout-progress";

/** What a person may tell a rollout. */
export const ROLLOUT_STEPS = ["rollBack", "cancel", "retry", "pause", "resume", "approve"] as const;
export type RolloutStep = (typeof ROLLOUT_STEPS)[number];

export interface SteeredRollout {
  name: string;
  kind: RolloutKind;
  state: RolloutState;
  currentStage: number;
  counts: TargetCounts;
  /** Whom somebody could send back; empty while nobody may. */
  goBack: { devices: number; stranded: number } | null;
  stages: readonly { position: number; name: string; state: StageState; approvedAt: Date | null; counts: TargetCounts }[];
}

interface StepFacts {
  /** On the button. */
  label: string;
  title: (rollout: SteeredRollout) => string;
  /** What will happen, to how many. */
  consequence: (progress: RolloutProgress, rollout: SteeredRollout) => string;
  tone: "plain" | "danger";
  done: string;
}

const waitingOf = ({ waiting, held }: RolloutProgress) => waiting + held;
const atWork = ({ underWay }: RolloutProgress) =>
  underWay === 0 ? "No device is at work." : `${amountOf(underWay, "device")} already at work will finish.`;

/** Whom a rollout tells when it goes on: `30 devices of “First half” are told next, as the limits allow; 30 in later stages follow.` */
function whoIsNext(progress: RolloutProgress, { stages, currentStage }: SteeredRollout): string {
  const all = waitingOf(progress);
  const later = stages.slice(currentStage + 1).reduce((sum, { counts }) => sum + waitingOf(progressOf(counts)), 0);
  const now = all - later;
  const name = stages[currentStage]?.name ?? "this stage";
  const follow = later > 0 ? `; ${formatCount(later)} in later stages ${later === 1 ? "follows" : "follow"}` : "";
  if (now === 0) return `“${name}” has nobody left to tell${follow}.`;
  return `${amountOf(now, "device")} up to “${name}” ${now === 1 ? "is" : "are"} told next, as the limits allow${follow}.`;
}

export const STEP_FACTS: Record<RolloutStep, StepFacts> = {
  pause: {
    label: "Pause",
    title: ({ name }) => `Pause “${name}”?`,
    consequence: (progress) => `${amountOf(waitingOf(progress), "device")} will not be told until it is resumed. ${atWork(progress)}`,
    tone: "plain",
    done: "Paused",
  },
  resume: {
    label: "Resume",
    title: ({ name }) => `Resume “${name}”?`,
    consequence: (progress, rollout) =>
      `${whoIsNext(progress, rollout)} ` +
      (progress.failed > 0
        ? `The ${amountOf(progress.failed, "failure")} until now ${progress.failed === 1 ? "counts" : "count"} as seen: only new ones stop it again.`
        : "Nothing has failed so far."),
    tone: "plain",
    done: "Resumed",
  },
  approve: {
    label: "Approve stage",
    title: ({ stages, currentStage }) => `Let “${stages[currentStage]?.name ?? "the stage"}” go on?`,
    consequence: (progress, { stages, currentStage }) => {
      const next = stages[currentStage + 1];
      return next
        ? `The next stage, “${next.name}”, begins. ${amountOf(waitingOf(progress), "device")} are still to come.`
        : "It was the last stage: the rollout ends when nobody waits any more.";
    },
    tone: "plain",
    done: "Approved",
  },
  retry: {
    label: "Retry failed",
    title: ({ counts }) => `Try ${amountOf(progressOf(counts).failed, "failed device")} again?`,
    consequence: ({ failed }, { state }) =>
      `${failed === 1 ? "It gets" : `All ${formatCount(failed)} get`} a new attempt in the stage ${failed === 1 ? "it is" : "they are"} in. ${failed === 1 ? "Its earlier attempt stays" : "Their earlier attempts stay"} in the history and ${failed === 1 ? "counts" : "count"} no more.` +
      (state === "paused" ? " Nobody is told before the rollout is resumed." : ""),
    tone: "plain",
    done: "They will be tried again",
  },
  cancel: {
    label: "Cancel rollout",
    title: ({ name }) => `Cancel “${name}” for good?`,
    consequence: (progress) =>
      `${amountOf(waitingOf(progress), "device")} will not be updated. ${atWork(progress)} ` +
      (progress.done > 0 ? `${amountOf(progress.done, "updated device")} keep the new version, unless you send them back.` : "") +
      " It cannot be resumed.",
    tone: "danger",
    done: "Cancelled",
  },
  rollBack: {
    label: "Send back",
    title: ({ goBack }) => `Send ${amountOf(goBack?.devices ?? 0, "updated device")} back?`,
    consequence: (_, { goBack }) =>
      (goBack?.devices === 1
        ? "It goes back to the version it ran before, in a rollout of its own."
        : `All ${formatCount(goBack?.devices ?? 0)} go back to the version each ran before, a few first, then the rest, in a rollout of its own.`) +
      (goBack && goBack.stranded > 0
        ? ` ${amountOf(goBack.stranded, "more device")} cannot: what ${goBack.stranded === 1 ? "it" : "they"} ran before is not kept here.`
        : ""),
    tone: "danger",
    done: "They are being sent back",
  },
};

/** What can be told to a rollout as it stands, the main act last. */
export function stepsOf({ kind, state, counts, stages, currentStage, goBack }: SteeredRollout): RolloutStep[] {
  const { failed } = progressOf(counts);
  const stage = stages[currentStage];
  const goesOn = state === "scheduled" || state === "in_progress" || state === "paused";
  const allowed: Record<RolloutStep, boolean> = {
    rollBack: kind === "update" && standsStill(state) && goBack !== null && goBack.devices > 0,
    cancel: goesOn,
    retry: failed > 0 && goesOn,
    pause: state === "in_progress",
    resume: state === "paused",
    approve: state === "in_progress" && stage?.state === "awaiting_approval" && stage.approvedAt === null,
  };
  return ROLLOUT_STEPS.filter((step) => allowed[step]);
}
