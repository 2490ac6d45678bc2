import { expect, test } from "vitest";
import type { TargetState } from "@/server/domain/rollouts/vocabulary";
import { describeDetail, describeStanding } from "./describe-detail";

test.each<[TargetState, string | null, string | null]>([
  ["sent", null, null],
  ["held", "battery", "Its battery is too low for an update"],
  ["failed", "battery", "Battery too low"],
  ["skipped", "same_version", "Runs this version already"],
  ["timed_out", "timeout", "Has fallen silent"],
  ["failed", "sector 12 is read-only", "sector 12 is read-only"],
])("%s, %s", (state, detail, words) => {
  expect(describeDetail(state, detail)).toBe(words);
});

test("a failure is told with the device's own words", () => {
  const standing = { state: "failed", reason: null, failureCode: "hash", error: "got 0f3a" } as const;
  expect(describeStanding(standing)).toBe("Damaged download: got 0f3a");
  expect(describeStanding({ ...standing, error: null })).toBe("Damaged download");
});

test("whoever was left out by a person is told with what the person said", () => {
  const standing = { state: "skipped", reason: "by_person", failureCode: null, error: null } as const;
  expect(describeStanding(standing)).toBe("Was skipped by somebody");
});
