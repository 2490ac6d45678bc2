import { formatCount } from "@/components/patterns/format-count";
import type { BarSegment } from "@/components/patterns/segmented-bar";
import type { TargetState } from "@/server/domain/rollouts/vocabulary";

export type TargetCounts = Partial<Record<TargetState, number>>;

/** A rollout's devices by what people ask about; every state is in one of them. */
export const TARGET_GROUPS = {
  done: ["completed"],
  failed: ["failed", "rolled_back", "timed_out"],
  underWay: ["sent", "downloading", "downloaded", "installing", "verifying"],
  held: ["held"],
  /** Not told yet, and nothing holds them. */
  waiting: ["pending"],
  calledOff: ["cancelled"],
  /** They count for nothing. */
  leftOut: ["skipped"],
} as const satisfies Record<string, readonly TargetState[]>;

export type TargetGroup = keyof typeof TARGET_GROUPS;

export const TARGET_GROUP_LABELS: Record<TargetGroup, string> = {
  done: "Done",
  failed: "Failed",
  underWay: "Under way",
  held: "Held back",
  waiting: "Waiting",
  calledOff: "Called off",
  leftOut: "Left out",
};

/** How many devices are in each group; `total` is all but those left out. */
export type RolloutProgress = Record<TargetGroup | "total", number>;

export function progressOf(counts: TargetCounts): RolloutProgress {
  const sum = (group: TargetGroup) => TARGET_GROUPS[group].reduce((total, state) => total + (counts[state] ?? 0), 0);
  const parts = {
    done: sum("done"),
    failed: sum("failed"),
    underWay: sum("underWay"),
    held: sum("held"),
    waiting: sum("waiting"),
    calledOff: sum("calledOff"),
  };
  return { ...parts, leftOut: sum("leftOut"), total: Object.values(parts).reduce((total, count) => total + count, 0) };
}

/** For a bar; those left out are not part of the whole. */
export function segmentsOf({ done, underWay, held, waiting, failed, calledOff }: RolloutProgress): BarSegment[] {
  return [
    { label: "Done", value: done, tone: "healthy" },
    { label: "Failed", value: failed, tone: "critical" },
    { label: "Under way", value: underWay, tone: "info" },
    { label: "Held back", value: held, tone: "warning" },
    { label: "Waiting", value: waiting },
    ...(calledOff > 0 ? [{ label: "Called off", value: calledOff, tone: "unknown" } as const] : []),
  ];
}

/** `17 of 20 done · 1 failed · 2 under way`: only what there is. */
export function progressInWords(progress: RolloutProgress): string {
  const { total, done, failed, underWay, held, calledOff, leftOut } = progress;
  if (total === 0) return leftOut > 0 ? "All devices were left out" : "No devices";
  const others = [
    [failed, "failed"],
    [underWay, "under way"],
    [held, "held back"],
    [calledOff, "called off"],
  ] as const;
  return [
    `${formatCount(done)} of ${formatCount(total)} done`,
    ...others.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`),
  ].join(" · ");
}
