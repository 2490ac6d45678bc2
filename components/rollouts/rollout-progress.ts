import { formatCount } from "@/components/patterns/format-count";
import type { BarSegment } from "@/components/patterns/segmented-bar";
import type { TargetState } from "@/server/domain/rollouts/vocabulary";

export type TargetCounts = Partial<Record<TargetState, number>>;

/** A rollout's devices by what people ask about. */
export interface RolloutProgress {
  /** All but those left out. */
  total: number;
  done: number;
  underWay: number;
  held: number;
  /** Not told yet, and nothing holds them. */
  waiting: number;
  failed: number;
  /** Skipped or called off: they count for nothing. */
  out: number;
}

export function progressOf(counts: TargetCounts): RolloutProgress {
  const sum = (...states: TargetState[]) => states.reduce((total, state) => total + (counts[state] ?? 0), 0);
  const done = sum("completed");
  const underWay = sum("sent", "downloading", "downloaded", "installing", "verifying");
  const held = sum("held");
  const waiting = sum("pending");
  const failed = sum("failed", "rolled_back", "timed_out");
  return { total: done + underWay + held + waiting + failed, done, underWay, held, waiting, failed, out: sum("skipped", "cancelled") };
}

/** For a bar; those left out are not part of the whole. */
export function segmentsOf({ done, underWay, held, waiting, failed }: RolloutProgress): BarSegment[] {
  return [
    { label: "Done", value: done, tone: "healthy" },
    { label: "Failed", value: failed, tone: "critical" },
    { label: "Under way", value: underWay, tone: "info" },
    { label: "Held back", value: held, tone: "warning" },
    { label: "Waiting", value: waiting },
  ];
}

/** `17 of 20 done · 1 failed · 2 under way`: only what there is. */
export function progressInWords(progress: RolloutProgress): string {
  const { total, done, failed, underWay, held } = progress;
  if (total === 0) return "No devices";
  const others = [
    [failed, "failed"],
    [underWay, "under way"],
    [held, "held back"],
  ] as const;
  return [
    `${formatCount(done)} of ${formatCount(total)} done`,
    ...others.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`),
  ].join(" · ");
}
