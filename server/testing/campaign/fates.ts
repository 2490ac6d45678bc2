import type { FailureCode, TargetState } from "@/server/domain/rollouts/vocabulary";
import type { UpdateFault } from "@/simulator/firmware/update-faults";

/** Of a thousand devices; the rest is healthy. */
export const CAMPAIGN_FAULTS = {
  slow: 0.01,
  drop: 0.05,
  power: 0.05,
  corrupt: 0.02,
  tampered: 0.01,
  self_test: 0.02,
  boot_loop: 0.01,
  brick: 0.01,
  lie: 0.01,
} satisfies Record<UpdateFault, number>;

export interface Fate {
  state: TargetState;
  code: FailureCode | null;
}

const UPDATED: Fate = { state: "completed", code: null };
const FATES: Record<UpdateFault, Fate> = {
  slow: UPDATED,
  drop: UPDATED,
  power: UPDATED,
  corrupt: { state: "failed", code: "hash" },
  tampered: { state: "failed", code: "signature" },
  self_test: { state: "rolled_back", code: "self_test" },
  boot_loop: { state: "rolled_back", code: "boot" },
  brick: { state: "timed_out", code: "timeout" },
  lie: { state: "failed", code: "version" },
};

/** How an update with a fault has to end, and what it has to be called. */
export function fateOf(fault: UpdateFault | undefined): Fate {
  return fault ? FATES[fault] : UPDATED;
}
