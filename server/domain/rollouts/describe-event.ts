import type { AlertSeverity } from "../alerts/vocabulary";
import type { StopCause } from "./decide";
import { explainStop } from "./explain";
import { ACTIVE_TARGET_STATES, FAILED_TARGET_STATES, type RolloutEventKind, type RolloutState, type TargetState } from "./vocabulary";

/** What happened to a rollout, as it is kept and told. */
export interface RolloutEventFacts {
  kind: RolloutEventKind;
  cause: StopCause | null;
  /** What its rules sent back, and how many devices cannot be; `null` = nothing. */
  sentBack: SentBack | null;
  /** The name of the stage in which it happened. */
  stage: string | null;
  /** Devices by state when it happened: those that the person may see. */
  counts: Partial<Record<TargetState, number>>;
  /** How the rollout stands now. */
  state: RolloutState;
  /** Nobody has done anything about it since. */
  stands: boolean;
}

export interface SentBack {
  scope: "stage" | "all";
  stranded: number;
}

/** How grave: what is critical waits neither for the morning nor for a digest. */
export const ROLLOUT_EVENT_SEVERITIES: Record<RolloutEventKind, AlertSeverity> = {
  paused: "warning",
  failed: "critical",
  awaiting_approval: "warning",
  completed: "low",
};

/** What somebody can react to in time; the others are ends. */
export const CAN_BE_HANDLED: Record<RolloutEventKind, boolean> = {
  paused: true,
  failed: false,
  awaiting_approval: true,
  completed: false,
};

/** In two or three words, to go before the rollout's name: "Rollout paused". */
export function rolloutEventTitle({ kind, sentBack }: Pick<RolloutEventFacts, "kind" | "sentBack">): string {
  switch (kind) {
    case "paused":
      return "Rollout paused";
    case "failed":
      return sentBack?.scope === "stage" ? "Rollout paused, stage sent back" : "Rollout failed";
    case "awaiting_approval":
      return "Rollout waits for approval";
    case "completed":
      return "Rollout completed";
  }
}

/** What happened, why, how many devices, and what has become of it since: "1 of 5 resolved devices failed = 20 % > 10 %. …" */
export function rolloutEventMessage(facts: RolloutEventFacts): string {
  const parts = [whatHappened(facts), countsInWords(facts.counts), facts.stands ? null : SINCE[facts.state]];
  return parts.filter((part) => part !== null).join(" ");
}

/** What probably helps, in plain words; `null` = nothing is to be done. */
export function rolloutEventNextStep({ kind, counts, stands }: RolloutEventFacts): string | null {
  if (!stands) return null;
  switch (kind) {
    case "paused":
      return "Look at what failed; then resume, send back or cancel.";
    case "failed":
      return "Look at the firmware before more devices get it.";
    case "awaiting_approval":
      return "Look at the devices that were updated; then approve, or pause.";
    case "completed":
      return sum(counts, FAILED_TARGET_STATES) > 0 ? "Look at the devices that failed." : null;
  }
}

function whatHappened({ kind, cause, sentBack, stage }: RolloutEventFacts): string | null {
  switch (kind) {
    case "paused":
    case "failed":
      return `${cause ? `${explainStop(cause)}.` : "It stopped by its own rules."}${sentBackInWords(sentBack)}`;
    case "awaiting_approval":
      return `${stage ? `“${stage}”` : "A stage"} is through; it goes on when somebody approves.`;
    case "completed":
      return null;
  }
}

function sentBackInWords(sentBack: SentBack | null): string {
  if (!sentBack) return "";
  const who = sentBack.scope === "stage" ? "What the stage has updated" : "What it has updated";
  const stranded = sentBack.stranded > 0 ? `, but for ${count(sentBack.stranded)} whose former version is not kept here` : "";
  return ` ${who} goes back to what it ran before${stranded}.`;
}

const SINCE: Record<RolloutState, string> = {
  draft: "It has changed since.",
  scheduled: "It has changed since.",
  in_progress: "It has gone on since.",
  paused: "It has been paused since.",
  completed: "It has been completed since.",
  failed: "It has failed since.",
  cancelled: "It has been cancelled since.",
};

/** "17 updated, 3 failed, 2 held back.": the first two always, the others when there are any. */
function countsInWords(counts: RolloutEventFacts["counts"]): string {
  const others = [
    [sum(counts, ["skipped"]), "left out"],
    [sum(counts, ["held"]), "held back"],
    [sum(counts, ACTIVE_TARGET_STATES), "under way"],
    [sum(counts, ["pending"]), "waiting"],
    [sum(counts, ["cancelled"]), "called off"],
  ] as const;
  return `${[
    `${count(sum(counts, ["completed"]))} updated`,
    `${count(sum(counts, FAILED_TARGET_STATES))} failed`,
    ...others.filter(([amount]) => amount > 0).map(([amount, word]) => `${count(amount)} ${word}`),
  ].join(", ")}.`;
}

function sum(counts: RolloutEventFacts["counts"], states: readonly TargetState[]): number {
  return states.reduce((total, state) => total + (counts[state] ?? 0), 0);
}

function count(value: number): string {
  return value.toLocaleString("en");
}
