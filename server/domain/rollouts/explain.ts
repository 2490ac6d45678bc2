import type { StopCause } from "./decide";
import type { FailureCode, HoldReason, SkipReason } from "./vocabulary";

/** Why a rollout has stopped, in one sentence: "3 of 20 finished devices failed: 15 %, more than the 10 % allowed". */
export function explainStop(cause: StopCause): string {
  switch (cause.kind) {
    case "failures":
      return `${count(cause.failed)} of ${count(cause.resolved)} finished devices failed: ${share(cause.failed, cause.resolved)} %, more than the ${number(cause.thresholdPercent)} % allowed`;
    case "too_few_completed":
      return `All devices of the stage are through, and only ${count(cause.completed)} of ${count(cause.of)} made it: ${share(cause.completed, cause.of)} %, less than the ${number(cause.thresholdPercent)} % needed`;
    case "not_evaluable":
      return "Its thresholds cannot be evaluated, so it does not go on by itself";
  }
}

function share(part: number, whole: number): string {
  return number((part * 100) / whole);
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

export const HOLD_REASON_TEXTS: Record<HoldReason, string> = {
  offline: "Is not connected; it is told when it is back",
  maintenance: "Is in maintenance",
  freeze: "Its farm wants nothing changed at the moment",
  milking: "Its farm milks, or is about to",
  battery: "Its battery is too low for an update",
  signal: "Its signal is too weak for an update",
};

export const SKIP_REASON_TEXTS: Record<SkipReason, { reason: string; mend: string }> = {
  decommissioned: { reason: "Is decommissioned", mend: "Nothing; it is out of service." },
  not_in_service: { reason: "Has never connected", mend: "Fit it first; it can be updated once it has spoken." },
  not_allowed: { reason: "Your role on its farm does not allow this", mend: "Ask the farm's manager." },
  wrong_type: { reason: "Is another type of device", mend: "Choose firmware of its type." },
  wrong_manufacturer: { reason: "Is of another manufacturer", mend: "Choose its manufacturer's firmware." },
  wrong_model: { reason: "Is a model that the firmware does not run on", mend: "Choose firmware for its model." },
  same_version: { reason: "Runs this version already", mend: "Nothing to do." },
  newer_version: { reason: "Runs a newer version", mend: "Going back is a rollback of the rollout that brought it there." },
  min_previous_version: { reason: "Runs a version that is too old for it", mend: "Update it to the version in between first." },
  unknown_version: { reason: "Has not said which version it runs", mend: "Wait for its next heartbeat." },
  other_rollout: { reason: "Is part of another rollout that has not ended", mend: "Let that one end, or skip it there." },
  no_former_version: { reason: "What it ran before is not kept here", mend: "Upload that version, then roll back." },
  by_person: { reason: "Was skipped by somebody", mend: "Nothing to do." },
};

export const FAILURE_CODE_TEXTS: Record<FailureCode, { label: string; nextStep: string }> = {
  signature: {
    label: "Signature not accepted",
    nextStep: "Check that the device trusts this installation's key; it came with its credentials.",
  },
  incompatible: { label: "Not made for this device", nextStep: "Compare type, model and manufacturer with the firmware's." },
  expired: { label: "Command came too late", nextStep: "Try again; check the device's clock if it comes back." },
  downgrade: { label: "Older than what it runs", nextStep: "Only a rollback may go backwards." },
  battery: { label: "Battery too low", nextStep: "Charge or replace the battery, then try again." },
  no_space: { label: "No room for the image", nextStep: "A smaller image, or a device with more memory." },
  network: { label: "Download kept breaking off", nextStep: "Look at its signal, then try again." },
  not_found: { label: "File not found", nextStep: "Check that the firmware's file is still there." },
  forbidden: { label: "Download refused", nextStep: "Try again: the link had expired or was made for another device." },
  size: { label: "Wrong size", nextStep: "Try again; if it comes back, something between alters downloads." },
  hash: { label: "Damaged download", nextStep: "Try again; if it comes back, something between alters downloads." },
  flash: { label: "Could not write its memory", nextStep: "Try again; have the device repaired if it comes back." },
  boot: { label: "Did not start with it", nextStep: "Do not go on: look at the firmware before more devices get it." },
  self_test: { label: "Self-test failed after the update", nextStep: "Do not go on: look at the firmware before more devices get it." },
  power: { label: "Lost power", nextStep: "Check its supply, then try again." },
  cancelled: { label: "Called off on the device", nextStep: "Ask who works on it." },
  unknown: { label: "Failed without saying why", nextStep: "Look at the device's own log." },
  timeout: { label: "Has fallen silent", nextStep: "Go and look: it may hang in the update." },
  version: { label: "Came back with another version", nextStep: "It went back by itself, or says what is not so; look at its log." },
};
