import { describe, expect, test } from "vitest";
import type { AttentionFacts } from "../health/policy";
import { DEFAULT_THRESHOLDS } from "../health/thresholds";
import { findingsOf } from "./conditions";

const NOW = new Date("2026-06-01T12:00:00Z");
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const FINE: AttentionFacts = {
  ...DEFAULT_THRESHOLDS,
  lastSeenAt: NOW,
  errorCount: 0,
  batteryLevel: 100,
  signalStrength: -40,
  calibrationStatus: "valid",
  firmwareUpdateStatus: "none",
};

describe("what raises an alert", () => {
  test.each([
    ["nothing", {}, []],
    ["nothing was ever reported", { batteryLevel: null, signalStrength: null, lastSeenAt: null }, []],
    ["silent for exactly ten minutes", { lastSeenAt: ago(600_000) }, []],
    ["silent for a millisecond more", { lastSeenAt: ago(600_001) }, ["offline critical"]],
    ["battery 20", { batteryLevel: 20 }, []],
    ["battery 19.9", { batteryLevel: 19.9 }, ["low_battery warning"]],
    ["battery 10", { batteryLevel: 10 }, ["low_battery warning"]],
    ["battery 9.9", { batteryLevel: 9.9 }, ["low_battery critical"]],
    ["battery 0 is a value", { batteryLevel: 0 }, ["low_battery critical"]],
    ["a threshold of 5 does not hide the critical limit", { batteryLevel: 6, lowBatteryThreshold: 5 }, ["low_battery critical"]],
    ["signal −90", { signalStrength: -90 }, []],
    ["signal −91", { signalStrength: -91 }, ["poor_signal warning"]],
    ["signal below its own threshold", { signalStrength: -71, weakSignalThreshold: -70 }, ["poor_signal warning"]],
    ["5 errors", { errorCount: 5 }, []],
    ["6 errors", { errorCount: 6 }, ["elevated_errors warning"]],
    ["10 errors", { errorCount: 10 }, ["elevated_errors warning"]],
    ["11 errors are one alert, not two", { errorCount: 11 }, ["high_errors critical"]],
    ["calibration due", { calibrationStatus: "due" }, []],
    ["calibration overdue", { calibrationStatus: "overdue" }, ["calibration_overdue warning"]],
    ["a failed update is its rollout's to raise", { firmwareUpdateStatus: "failed" }, []],
    [
      "everything at once",
      { lastSeenAt: ago(600_001), batteryLevel: 0, signalStrength: -120, errorCount: 99, calibrationStatus: "overdue" },
      ["offline critical", "low_battery critical", "poor_signal warning", "high_errors critical", "calibration_overdue warning"],
    ],
  ] as [string, Partial<AttentionFacts>, string[]][])("%s", (_, facts, expected) => {
    expect(findingsOf({ ...FINE, ...facts }, NOW).map(({ type, severity }) => `${type} ${severity}`)).toEqual(expected);
  });

  test("silence counts only from when somebody listened", () => {
    const facts = { ...FINE, lastSeenAt: ago(6_000_000) };
    expect(findingsOf(facts, NOW, ago(600_000))).toEqual([]);
    expect(findingsOf(facts, NOW, ago(600_001))).toHaveLength(1);
  });
});
