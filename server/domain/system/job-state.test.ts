import { expect, test } from "vitest";
import { type JobState, jobState } from "./job-state";

const NOW = new Date("2026-06-01T10:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const run = (startedAgo: number, rest: { isOver?: boolean; hasFailed?: boolean; isHeld?: boolean } = {}) => ({
  startedAt: ago(startedAgo),
  finishedAt: rest.isOver === false ? null : ago(startedAgo - 1),
  hasFailed: rest.hasFailed ?? false,
  isHeld: rest.isHeld ?? false,
});

test("after a restart of the clock its intervals count from there", () => {
  expect([jobState(run(900), 60, NOW, ago(30)), jobState(run(900), 60, NOW, ago(181)), jobState(run(30), 60, NOW, ago(900))]).toEqual([
    "done",
    "late",
    "done",
  ]);
});

test("one that the clock should have called long ago is late, also when it never ran", () => {
  expect([jobState(undefined, 60, NOW, ago(30)), jobState(undefined, 60, NOW, ago(181))]).toEqual(["never", "late"]);
});

test.each<[string, ReturnType<typeof run> | undefined, JobState]>([
  ["no run at all", undefined, "never"],
  ["one that ended", run(30), "done"],
  ["one that failed", run(30, { hasFailed: true }), "failed"],
  ["one that has not ended and is held", run(30, { isOver: false, isHeld: true }), "running"],
  ["a long one that is still held", run(900, { isOver: false, isHeld: true }), "running"],
  ["one that has not ended and nobody holds", run(30, { isOver: false }), "cut_off"],
  ["one at twice its interval and a minute", run(180), "done"],
  ["one beyond that", run(181), "late"],
  ["a failed one beyond that", run(181, { hasFailed: true }), "late"],
  ["one that was cut off beyond that", run(181, { isOver: false }), "late"],
])("%s", (_, last, state) => {
  expect(jobState(last, 60, NOW)).toBe(state);
});
