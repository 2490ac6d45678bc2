import { describe, expect, test } from "vitest";
import { areaPolygons, bandPath, dotPath, heightOf, linePath, nearestTo, niceScale, runsOf, shareOf, stackUp } from "./chart-geometry";

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

test.each([
  [0, 3, false, 0],
  [1, 3, false, 0.5],
  [2, 3, false, 1],
  [0, 1, false, 0],
  [0, 2, true, 0.25],
  [1, 2, true, 0.75],
])("point %d of %d, in columns %s, is at %d, and is nearest to there", (index, count, columns, share) => {
  expect(shareOf(index, count, columns)).toBe(share);
  expect(nearestTo(share, count, columns)).toBe(index);
});

test.each([
  [-0.5, 0],
  [1.5, 3],
])("beside the plot the outermost point is nearest: %d", (share, index) => {
  expect([nearestTo(share, 4, true), nearestTo(share, 4, false)]).toEqual([index, index]);
});

test("layers stand on each other; a gap in one is a gap in all", () => {
  expect(
    stackUp([
      [1, 2, null],
      [3, null, 4],
    ]),
  ).toEqual([
    { lows: [0, null, null], highs: [1, null, null] },
    { lows: [1, null, null], highs: [4, null, null] },
  ]);
  expect(stackUp([])).toEqual([]);
});

test("an area is one polygon a run, and a lone point is not lost", () => {
  expect(areaPolygons([0, 0, null, 0, null], [100, 50, null, 20, null], PERCENT)).toEqual([
    "polygon(0% 0%, 25% 50%, 25% 100%, 0% 100%)",
    "polygon(68.75% 80%, 81.25% 80%, 81.25% 100%, 68.75% 100%)",
  ]);
  expect(areaPolygons([null], [null], PERCENT)).toEqual([]);
});
