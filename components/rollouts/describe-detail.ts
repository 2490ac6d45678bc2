import { FAILURE_CODE_TEXTS, HOLD_REASON_TEXTS, SKIP_REASON_TEXTS } from "@/server/domain/rollouts/explain";
import { FAILURE_CODES, HOLD_REASONS, SKIP_REASONS, type TargetState } from "@/server/domain/rollouts/vocabulary";
import type { TargetView } from "./target-filters";

const find = <T extends string>(values: readonly T[], value: string): T | undefined => values.find((known) => known === value);

/** Why a device waits, was left out or failed, as the log keeps it: one of our codes, or the device's own words. */
export function describeDetail(state: TargetState, detail: string | null): string | null {
  if (detail === null) return null;
  const held = state === "held" ? find(HOLD_REASONS, detail) : undefined;
  if (held) return HOLD_REASON_TEXTS[held];
  const skipped = state === "skipped" ? find(SKIP_REASONS, detail) : undefined;
  if (skipped) return SKIP_REASON_TEXTS[skipped].reason;
  const failed = find(FAILURE_CODES, detail);
  return failed ? FAILURE_CODE_TEXTS[failed].label : detail;
}

/** What devices that were narrowed to one reason have in common. */
export function describeWhy(show: TargetView, why: string): string {
  const state = show === "held" ? "held" : show === "leftOut" ? "skipped" : "failed";
  return describeDetail(state, why) ?? why;
}

interface Standing {
  state: TargetState;
  reason: string | null;
  failureCode: string | null;
  error: string | null;
}

/** Why a device stands where it does: `Damaged download: sha256 differs`. */
export function describeStanding({ state, reason, failureCode, error }: Standing): string | null {
  if (failureCode === null) return describeDetail(state, reason) ?? error;
  const label = describeDetail(state, failureCode);
  return error && error !== failureCode ? `${label}: ${error}` : label;
}
