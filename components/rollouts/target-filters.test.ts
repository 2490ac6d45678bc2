import { expect, test } from "vitest";
import { TARGET_STATES } from "@/server/domain/rollouts/vocabulary";
import { TARGET_GROUPS } from "./rollout-progress";
import { type TargetFilters, targetsHref, toTargetListInput } from "./target-filters";

const none: TargetFilters = { show: "counted", why: null, stage: null, q: "" };

test("every state is in one group", () => {
  expect(Object.values(TARGET_GROUPS).flat().sort()).toEqual([...TARGET_STATES].sort());
});

test("without filters everything is shown but what was left out", () => {
  const { states } = toTargetListInput("r", none);
  expect([...states].sort()).toEqual(TARGET_STATES.filter((state) => state !== "skipped").sort());
});

test("whoever was left out is in no stage", () => {
  expect(toTargetListInput("r", { ...none, stage: 1 })).toMatchObject({ position: 1 });
  expect(toTargetListInput("r", { ...none, show: "leftOut", stage: 1 })).toMatchObject({ states: ["skipped"], position: undefined });
});

test("a page is linked at the devices that failed for one reason", () => {
  expect(targetsHref("0190", { show: "failed", why: "hash" })).toBe("/rollouts/0190?show=failed&why=hash#devices");
});
