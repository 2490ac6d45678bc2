import { expect, test } from "vitest";
import { progressOf, type TargetCounts } from "./rollout-progress";
import { atWorkInWords, fateInWords } from "./standing-words";

test.each<[TargetCounts, string]>([
  [{}, "All its devices are through."],
  [{ completed: 3 }, "All its devices are through."],
  [{ sent: 1, pending: 1, held: 1 }, "1 device is at work, 1 waits its turn, 1 is held back."],
  [{ sent: 2, verifying: 10, pending: 1_064, held: 7 }, "12 devices are at work, 1,064 wait their turn, 7 are held back."],
  [{ pending: 20 }, "No device is at work, 20 wait their turn."],
])("at work: %o is said as %s", (counts, words) => {
  expect(atWorkInWords(progressOf(counts))).toBe(words);
});

test.each<[TargetCounts, string]>([
  [{}, "It had no devices."],
  [{ skipped: 2 }, "All its devices were left out."],
  [{ completed: 1 }, "1 of 1 device was updated."],
  [{ completed: 6, cancelled: 12, skipped: 4 }, "6 of 18 devices were updated; 12 were called off."],
  [
    { completed: 12, failed: 2, timed_out: 1, installing: 1, cancelled: 1 },
    "12 of 17 devices were updated; 3 failed; 1 was called off; 1 is still at work.",
  ],
])("the end: %o is said as %s", (counts, words) => {
  expect(fateInWords(progressOf(counts), "update")).toBe(words);
});

test("a rollback updates nobody", () => {
  expect(fateInWords(progressOf({ completed: 23, failed: 1 }), "rollback")).toBe("23 of 24 devices were sent back; 1 failed.");
});
