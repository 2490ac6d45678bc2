import type { FailurePolicy, StageState } from "./vocabulary";

/** When a stage is over, and when it stops the rollout. Percentages 0 … 100. */
export interface StageGate {
  /** Share of the stage's devices that must be completed before the next stage opens. */
  successThresholdPercent: number;
  /** More than this share of the resolved devices failed: stop. */
  failureThresholdPercent: number;
  /** So many resolved devices at least, before a share means anything; a stage that is through is judged whole. */
  minimumSample: number;
  /** How long the updated devices are watched before the next stage opens. */
  soakMinutes: number;
  needsApproval: boolean;
}

/** The stage's devices by what has become of them. */
export interface StageCounts {
  /** Still to be told: pending or held. */
  waiting: number;
  active: number;
  completed: number;
  /** Failed, timed out or rolled back. */
  failed: number;
  /** Skipped or cancelled: they count for nothing. */
  out: number;
}

export interface StageFacts {
  state: StageState;
  gate: StageGate;
  counts: StageCounts;
  /** Resolved and failed devices when the rollout was last resumed: they do not stop it again. */
  baseline: { completed: number; failed: number };
  soakUntil: Date | null;
  approvedAt: Date | null;
}

export type StopCause =
  /** More of the resolved failed than allowed. */
  | { kind: "failures"; failed: number; resolved: number; thresholdPercent: number }
  /** All are through, and too few of them made it. */
  | { kind: "too_few_completed"; completed: number; of: number; thresholdPercent: number }
  /** A threshold is no number: never go on by mistake. */
  | { kind: "not_evaluable" };

export type StageDecision =
  | { kind: "wait"; for: "devices" | "soak" | "approval" }
  | { kind: "stop"; cause: StopCause }
  | { kind: "soak"; until: Date }
  | { kind: "ask_approval" }
  | { kind: "done" };

/**
 * What becomes of an open stage now (DESIGN 7). Pure: the same facts and the same clock decide the same. Failures are
 * looked at first, also while it soaks or waits for somebody.
 */
export function decideStage({ state, gate, counts, baseline, soakUntil, approvedAt }: StageFacts, now: Date): StageDecision {
  const cause = stopCause(gate, counts, baseline);
  if (cause) return { kind: "stop", cause };
  if (!hasSucceeded(gate, counts)) return { kind: "wait", for: "devices" };
  if (state === "open" && gate.soakMinutes > 0) return { kind: "soak", until: new Date(now.getTime() + gate.soakMinutes * 60_000) };
  if (state === "soaking" && soakUntil !== null && now < soakUntil) return { kind: "wait", for: "soak" };
  if (gate.needsApproval && approvedAt === null) {
    return state === "awaiting_approval" ? { kind: "wait", for: "approval" } : { kind: "ask_approval" };
  }
  return { kind: "done" };
}

/** Share of failures among the devices resolved since the baseline, never among those that were not tried. */
function stopCause(gate: StageGate, counts: StageCounts, baseline: StageFacts["baseline"]): StopCause | undefined {
  const { successThresholdPercent, failureThresholdPercent, minimumSample } = gate;
  if (![successThresholdPercent, failureThresholdPercent, minimumSample].every(Number.isFinite)) return { kind: "not_evaluable" };
  const failed = counts.failed - baseline.failed;
  const resolved = counts.completed + counts.failed - baseline.completed - baseline.failed;
  const isThrough = counts.waiting + counts.active === 0;
  if (failed > 0 && (resolved >= minimumSample || isThrough) && failed * 100 > failureThresholdPercent * resolved) {
    return { kind: "failures", failed, resolved, thresholdPercent: failureThresholdPercent };
  }
  const of = counts.completed + counts.failed;
  // What failed before somebody resumed has been accepted.
  const needed = of - baseline.failed;
  if (isThrough && needed > 0 && (counts.completed * 100) / needed < successThresholdPercent) {
    return { kind: "too_few_completed", completed: counts.completed, of, thresholdPercent: successThresholdPercent };
  }
  return undefined;
}

/** Enough are completed; a stage in which nobody is left to do is over. */
function hasSucceeded({ successThresholdPercent }: StageGate, { waiting, active, completed, failed }: StageCounts): boolean {
  if (waiting + active === 0) return true;
  const of = waiting + active + completed + failed;
  return completed > 0 && completed * 100 >= successThresholdPercent * of;
}

/** What a stop leads to, by the rollout's policy. */
export function afterStop(policy: FailurePolicy): { rollout: "paused" | "failed"; rollBack: "nothing" | "stage" | "all" } {
  switch (policy) {
    case "pause":
      return { rollout: "paused", rollBack: "nothing" };
    case "rollback_stage":
      return { rollout: "paused", rollBack: "stage" };
    case "rollback_all":
      return { rollout: "failed", rollBack: "all" };
  }
}
