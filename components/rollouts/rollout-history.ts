import { formatUptime } from "@/components/devices/format-readings";
import { amountOf } from "@/components/patterns/format-count";
import type { RolloutPageView, StageView } from "@/server/services/rollouts/get-rollout";
import type { RolloutDeed } from "@/server/services/rollouts/list-deeds";

export interface HistoryEntry {
  key: string;
  at: Date;
  /** Left out: it did it by itself. */
  who?: string;
  what: string;
  reason?: string | null;
}

type Subject = Pick<RolloutPageView, "state" | "startedAt" | "finishedAt" | "pausedAt" | "stopped" | "stoppedItself"> & {
  stages: readonly StageView[];
};

const DEEDS: Record<string, (deed: RolloutDeed) => string> = {
  "rollout.created": ({ devices }) => (devices === null ? "created it" : `created it for ${amountOf(devices, "device")}`),
  "rollout.paused": () => "paused it",
  "rollout.resumed": () => "resumed it",
  "rollout.cancelled": ({ devices }) => (devices ? `cancelled it; ${amountOf(devices, "device")} called off` : "cancelled it"),
  "rollout.stage_approved": () => "let the stage go on",
  "rollout.device_skipped": ({ deviceId }) => `left ${deviceId ?? "a device"} out`,
  "rollout.retried": ({ devices }) =>
    devices ? `had ${amountOf(devices, "failed device")} tried again` : "had failed devices tried again",
  "rollout.rolled_back": ({ devices }) => (devices ? `sent ${amountOf(devices, "device")} back` : "sent its devices back"),
};

/** What people did and what a rollout did by itself, the newest first. */
export function historyOf(rollout: Subject, deeds: readonly RolloutDeed[]): HistoryEntry[] {
  const byPeople = deeds.map((deed, index) => ({
    key: `deed ${deeds.length - index}`,
    at: deed.at,
    who: deed.by,
    what: DEEDS[deed.action]?.(deed) ?? deed.action.replace(/[._]/g, " "),
    reason: deed.reason,
  }));
  // What happened at one moment keeps its order: a stage ends before the next begins.
  return [...byPeople, ...byItself(rollout).reverse()].sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** In the order in which it happened. */
function byItself({ state, startedAt, finishedAt, pausedAt, stopped, stoppedItself, stages }: Subject): HistoryEntry[] {
  const stoppedAt = state === "paused" ? pausedAt : state === "failed" ? finishedAt : null;
  return [
    ...(startedAt ? [{ key: "start", at: startedAt, what: "It began" }] : []),
    ...stages.flatMap(({ position, name, openedAt, doneAt }) => [
      ...(openedAt && stages.length > 1
        ? [{ key: `open ${position}`, at: openedAt, what: `Stage ${position + 1}, “${name}”, began` }]
        : []),
      ...(openedAt && doneAt && stages.length > 1
        ? [{ key: `done ${position}`, at: doneAt, what: `Stage ${position + 1}, “${name}”, was done after ${spanOf(openedAt, doneAt)}` }]
        : []),
    ]),
    ...(stoppedAt && stoppedItself && stopped ? [{ key: "stop", at: stoppedAt, what: `It stopped: ${stopped}` }] : []),
    ...(state === "completed" && finishedAt ? [{ key: "end", at: finishedAt, what: "It was completed" }] : []),
  ];
}

function spanOf(from: Date, to: Date): string {
  return formatUptime(Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)));
}
