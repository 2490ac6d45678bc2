import { describe, expect, test } from "vitest";
import { thresholdRuleSchema } from "./schema";
import { DEFAULT_THRESHOLDS, resolveThresholds, THRESHOLD_KEYS, type ThresholdRule } from "./thresholds";

const NONE: ThresholdRule = {
  offlineWindowSeconds: null,
  lowBatteryThreshold: null,
  weakSignalThreshold: null,
  elevatedErrors: null,
  highErrors: null,
};
const level = (name: string, rule: Partial<ThresholdRule>) => ({ name, rule: { ...NONE, ...rule } });

describe("thresholds", () => {
  test("without rules the specification's hold", () => {
    const resolved = resolveThresholds([]);
    for (const key of THRESHOLD_KEYS) expect(resolved[key]).toEqual({ value: DEFAULT_THRESHOLDS[key], from: null });
  });

  test("each value comes from the nearest level that has one, zero among them", () => {
    const [device, group, type] = [
      level("device", { elevatedErrors: 0 }),
      level("group", { elevatedErrors: 7, offlineWindowSeconds: 3_600 }),
      level("type", { offlineWindowSeconds: 60, lowBatteryThreshold: 30 }),
    ];
    const resolved = resolveThresholds([device, group, type]);
    expect([resolved.elevatedErrors, resolved.offlineWindowSeconds, resolved.lowBatteryThreshold, resolved.highErrors]).toEqual([
      { value: 0, from: device },
      { value: 3_600, from: group },
      { value: 30, from: type },
      { value: 10, from: null },
    ]);
  });

  test.each([
    ["offlineWindowSeconds", 59],
    ["offlineWindowSeconds", 60.5],
    ["offlineWindowSeconds", 2_592_001],
    ["lowBatteryThreshold", 0.5],
    ["lowBatteryThreshold", 100],
    ["weakSignalThreshold", 10],
    ["weakSignalThreshold", -151],
    ["elevatedErrors", -1],
    ["highErrors", Number.NaN],
  ] as const)("%s of %s is refused at its field", (key, value) => {
    const { error } = thresholdRuleSchema.safeParse({ ...NONE, [key]: value });
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([key]);
  });

  test("what is critical may not come before what warns", () => {
    const { error } = thresholdRuleSchema.safeParse({ ...NONE, elevatedErrors: 9, highErrors: 8 });
    expect(error?.issues[0]?.path).toEqual(["highErrors"]);
  });
});
