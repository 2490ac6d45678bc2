import { expect, test } from "vitest";
import { freshnessOf, WALL_REFRESH_SECONDS, WALL_STALE_SECONDS } from "./freshness";

const NOW = 1_000_000_000;
const ago = (seconds: number) => NOW - seconds * 1000;

test.each([
  ["all just read", [ago(1), ago(2)], false, "fresh"],
  ["at the limit", [ago(1), ago(WALL_STALE_SECONDS)], false, "fresh"],
  ["one of them is old", [ago(1), ago(WALL_STALE_SECONDS + 1)], false, "stale"],
  ["one was never read", [ago(1), 0], false, "loading"],
  ["signed out, just read", [ago(1)], true, "signed_out"],
  ["signed out before anything was read", [0], true, "signed_out"],
  ["the clock was set back", [NOW + 60_000], false, "fresh"],
])("%s", (_, readAtMs, isSignedOut, expected) => {
  expect(freshnessOf({ readAtMs, isSignedOut }, NOW)).toBe(expected);
});

test("one asking that fails is not yet old", () => {
  expect(WALL_STALE_SECONDS).toBeGreaterThan(2 * WALL_REFRESH_SECONDS);
});
