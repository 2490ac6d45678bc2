import { expect, test } from "vitest";
import { aboutWhat } from "./describe-rule";
import { RULE_PRESETS } from "./rule-presets";

test.each<[string, Partial<typeof RULE_PRESETS.own>, string]>([
  ["a new rule", {}, "Alerts, warning and worse · Rollouts that pause, fail or wait for approval"],
  ["alerts alone", { minSeverity: "low", rolloutEvents: [] }, "All alerts"],
  ["rollouts alone", { aboutAlerts: false, rolloutEvents: ["completed"] }, "Rollouts that are completed"],
  [
    "in their order, whatever the order of choosing",
    { aboutAlerts: false, rolloutEvents: ["completed", "paused"] },
    "Rollouts that pause or are completed",
  ],
])("%s", (_, rule, words) => {
  expect(aboutWhat({ ...RULE_PRESETS.own, ...rule })).toBe(words);
});
