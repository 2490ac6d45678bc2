import { describe, expect, test } from "vitest";
import { bandPath, dotPath, heightOf, linePath, niceScale, runsOf } from "./chart-geometry";

describe("a scale", () => {
  test.each([
    [0, 100, [0, 50, 100]],
    [0, 10, [0, 5, 10]],
    [0, 3, [0, 1, 2, 3]],
    [0, 0, [0, 1]],
    [-93, -58, [-100, -90, -80, -70, -60, -50]],
    [-60, -60, [-60, -59]],
    [0, 1_999, [0, 500, 1_000, 1_500, 2_000]],
  ])("%d to %d", (low, high, ticks) => {
    const scale = niceScale(low, high);
    expect(scale.ticks).toEqual(ticks);
    expect([scale.min, scale.max]).toEqual([ticks[0], ticks.at(-1)]);
  });
});

test.each([
  [[], []],
  [[null, null], []],
  [[1, 2, 3], [[0, 2]]],
  [
    [1, null, 2, 3, null],
    [
      [0, 0],
      [2, 3],
    ],
  ],
  [[null, 0, null], [[1, 1]]],
] as [(number | null)[], [number, number][]][])("the runs of %j", (values, runs) => {
  expect(runsOf(values)).toEqual(runs);
});

const PERCENT = { min: 0, max: 100, ticks: [0, 100] };

test("the top is zero", () => {
  expect([heightOf(100, PERCENT), heightOf(0, PERCENT), heightOf(25, PERCENT)]).toEqual([0, 100, 75]);
});

test("a line breaks at gaps, and a lone point is a dot", () => {
  const values = [10, 20, null, 30, null, null, 40, 50];
  expect(linePath(values, PERCENT)).toBe("M0 90L1 80M6 60L7 50");
  expect(dotPath(values, PERCENT)).toBe("M3 70h0");
  expect([linePath([null], PERCENT), dotPath([null], PERCENT)]).toEqual(["", ""]);
});

test("a band needs both ends, and two points", () => {
  expect(bandPath([10, 20, null, 5], [30, 40, 50, 6], PERCENT)).toBe("M0 70L1 60L1 80L0 90Z");
  expect(bandPath([10, null], [null, 20], PERCENT)).toBe("");
});
