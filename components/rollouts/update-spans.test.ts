import { expect, test } from "vitest";
import type { DeviceUpdate } from "@/server/services/rollouts/list-device-updates";
import { spansOf } from "./update-spans";

const START = 1_773_144_000_000;
const entry = (seconds: number, state: DeviceUpdate["log"][number]["state"], durationSeconds: number | null = null) => ({
  at: new Date(START + seconds * 1_000),
  state,
  durationSeconds,
  detail: null,
});

test("each state lasts until the next; the end says how long all of it took", () => {
  const spans = spansOf(
    [entry(0, "sent"), entry(20, "downloading"), entry(80, "verifying"), entry(100, "completed", 100)],
    START + 9_999_000,
  );
  expect(spans.map(({ state, from, to, seconds, isEnd }) => [state, from, to, seconds, isEnd])).toEqual([
    ["sent", 0, 0.2, 20, false],
    ["downloading", 0.2, 0.8, 60, false],
    ["verifying", 0.8, 1, 20, false],
    ["completed", 1, 1, 100, true],
  ]);
});

test("what goes on lasts until now", () => {
  expect(spansOf([entry(0, "sent"), entry(30, "downloading")], START + 60_000).at(-1)).toMatchObject({ from: 0.5, to: 1, seconds: 30 });
});

test("a clock that is behind draws nothing backwards", () => {
  expect(spansOf([entry(0, "held")], START - 5_000)).toMatchObject([{ from: 0, to: 0, seconds: 0 }]);
  expect(spansOf([], START)).toEqual([]);
});
