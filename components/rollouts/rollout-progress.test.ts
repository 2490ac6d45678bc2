import { describe, expect, test } from "vitest";
import { TARGET_STATES } from "@/server/domain/rollouts/vocabulary";
import { progressInWords, progressOf, segmentsOf } from "./rollout-progress";

describe("the progress of a rollout", () => {
  test("counts every state once", () => {
    const counts = Object.fromEntries(TARGET_STATES.map((state, index) => [state, 10 ** (index % 7)]));
    const { total, leftOut } = progressOf(counts);
    expect(total + leftOut).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));
  });

  test("leaves skipped devices out of the whole, and shows what was called off", () => {
    const progress = progressOf({ completed: 3, skipped: 2, cancelled: 1 });
    expect(progress).toMatchObject({ total: 4, calledOff: 1, leftOut: 2 });
    expect(segmentsOf(progress).reduce((sum, { value }) => sum + value, 0)).toBe(progress.total);
  });

  test.each([
    [{}, "No devices"],
    [{ skipped: 4 }, "All devices were left out"],
    [{ completed: 6, cancelled: 12, skipped: 4 }, "6 of 18 done · 12 called off"],
    [{ pending: 20 }, "0 of 20 done"],
    [{ completed: 17, failed: 1, timed_out: 1, verifying: 1 }, "17 of 20 done · 2 failed · 1 under way"],
    [{ completed: 1_000, held: 234 }, "1,000 of 1,234 done · 234 held back"],
  ])("%o is said as %s", (counts, words) => {
    expect(progressInWords(progressOf(counts))).toBe(words);
  });
});
