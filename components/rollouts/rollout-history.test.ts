import { expect, test } from "vitest";
import type { StageView } from "@/server/services/rollouts/get-rollout";
import type { RolloutDeed } from "@/server/services/rollouts/list-deeds";
import { historyOf } from "./rollout-history";

const at = (minutes: number) => new Date(1_773_144_000_000 + minutes * 60_000);
const stage = (position: number, name: string, opened: number | null, done: number | null) =>
  ({ position, name, openedAt: opened === null ? null : at(opened), doneAt: done === null ? null : at(done) }) as StageView;
const deed = (minutes: number, action: string, given: Partial<RolloutDeed> = {}): RolloutDeed => ({
  at: at(minutes),
  action,
  by: "Ada",
  reason: null,
  devices: null,
  deviceId: null,
  ...given,
});
const subject = { state: "in_progress", startedAt: at(1), finishedAt: null, pausedAt: null, stopped: null, stoppedItself: false } as const;

test("what people did and what it did by itself stand in the order of time, the newest first", () => {
  const stages = [stage(0, "Canary", 1, 40), stage(1, "The rest", 40, null)];
  const deeds = [
    deed(20, "rollout.device_skipped", { deviceId: "MM001", reason: "Is being replaced" }),
    deed(0, "rollout.created", { devices: 60 }),
  ];
  expect(historyOf({ ...subject, stages }, deeds).map(({ who, what, reason }) => [who, what, reason])).toEqual([
    [undefined, "Stage 2, “The rest”, began", undefined],
    [undefined, "Stage 1, “Canary”, was done after 39 min", undefined],
    ["Ada", "left MM001 out", "Is being replaced"],
    [undefined, "Stage 1, “Canary”, began", undefined],
    [undefined, "It began", undefined],
    ["Ada", "created it for 60 devices", null],
  ]);
});

test("one stage is the whole, and needs no word of its own", () => {
  const whole = { ...subject, state: "completed", finishedAt: at(9), stages: [stage(0, "All", 1, 9)] } as const;
  expect(historyOf(whole, []).map(({ what }) => what)).toEqual(["It was completed", "It began"]);
});

test("a stop by its own rules is told with the reason, one by a person as what they did", () => {
  const stages = [stage(0, "All", 1, null)];
  const stopped = { ...subject, state: "paused", pausedAt: at(5), stopped: "3 of 20 failed", stages } as const;
  expect(historyOf({ ...stopped, stoppedItself: true }, [])[0]).toMatchObject({ at: at(5), what: "It stopped: 3 of 20 failed" });
  expect(historyOf({ ...stopped, stopped: "By Ada" }, [deed(5, "rollout.paused")]).map(({ what }) => what)).toEqual([
    "paused it",
    "It began",
  ]);
});
