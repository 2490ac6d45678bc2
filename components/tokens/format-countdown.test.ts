import { expect, test } from "vitest";
import { formatCountdown } from "./format-countdown";

test.each([
  [86_400_000, "24:00:00"],
  [86_399_999, "23:59:59"],
  [3_661_000, "1:01:01"],
  [999, "0:00:00"],
  [-5, "0:00:00"],
])("%d ms: %s", (leftMs, text) => {
  expect(formatCountdown(leftMs)).toBe(text);
});
