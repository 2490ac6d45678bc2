import { describe, expect, test } from "vitest";
import type { HealthStatus } from "../devices/vocabulary";
import { attentionReasons, healthScore, healthStatus, signalQuality, type AttentionFacts, type HealthFacts } from "./policy";
import { isOnline, isSilent } from "./presence";
import { DEFAULT_THRESHOLDS } from "./thresholds";

const NOW = new Date("2026-06-01T12:00:00Z");
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const WINDOW = 600_000;
const FINE: HealthFacts = { ...DEFAULT_THRESHOLDS, lastSeenAt: NOW, errorCount: 0, batteryLevel: 100, signalStrength: -40 };

describe("health status", () => {
  test.each([
    ["never seen", { lastSeenAt: null }, "unknown"],
    ["never seen, whatever else", { lastSeenAt: null, batteryLevel: 0, errorCount: 99 }, "unknown"],
    ["all is well", {}, "healthy"],
    ["silent for exactly ten minutes", { lastSeenAt: ago(WINDOW) }, "healthy"],
    ["silent for a millisecond more", { lastSeenAt: ago(WINDOW + 1) }, "critical"],
    ["5 errors", { errorCount: 5 }, "healthy"],
    ["6 errors", { errorCount: 6 }, "warning"],
    ["10 errors", { errorCount: 10 }, "warning"],
    ["11 errors", { errorCount: 11 }, "critical"],
    ["no battery known", { batteryLevel: null }, "healthy"],
    ["an empty battery is a value", { batteryLevel: 0 }, "critical"],
    ["battery 9.9", { batteryLevel: 9.9 }, "critical"],
    ["battery 10", { batteryLevel: 10 }, "warning"],
    ["battery 19.9", { batteryLevel: 19.9 }, "warning"],
    ["battery 20", { batteryLevel: 20 }, "healthy"],
    ["the device's own threshold, below", { batteryLevel: 29.9, lowBatteryThreshold: 30 }, "warning"],
    ["the device's own threshold, at", { batteryLevel: 30, lowBatteryThreshold: 30 }, "healthy"],
    ["a threshold of 5 does not hide the critical limit", { batteryLevel: 6, lowBatteryThreshold: 5 }, "critical"],
    ["nothing known but that it lives", { batteryLevel: null, signalStrength: null }, "healthy"],
    ["the signal alone decides nothing", { signalStrength: -120 }, "healthy"],
    ["a clock ahead of ours", { lastSeenAt: ago(-5_000) }, "healthy"],
    ["a window of its own, at", { lastSeenAt: ago(3_600_000), offlineWindowSeconds: 3_600 }, "healthy"],
    ["a window of its own, past", { lastSeenAt: ago(3_600_001), offlineWindowSeconds: 3_600 }, "critical"],
    ["error limits of its own, at", { errorCount: 20, elevatedErrors: 20, highErrors: 30 }, "healthy"],
    ["error limits of its own, past the first", { errorCount: 21, elevatedErrors: 20, highErrors: 30 }, "warning"],
    ["error limits of its own, past the second", { errorCount: 31, elevatedErrors: 20, highErrors: 30 }, "critical"],
  ] as [string, Partial<HealthFacts>, HealthStatus][])("%s", (_, facts, expected) => {
    expect(healthStatus({ ...FINE, ...facts }, NOW)).toBe(expected);
  });
});

describe("silence while nobody listened", () => {
  const silent = { ...FINE, lastSeenAt: ago(5 * WINDOW) };
  test.each([
    ["listened to for longer than the window", { receivingSince: ago(WINDOW + 1), formerStatus: "healthy" }, "critical"],
    ["listened to for exactly the window", { receivingSince: ago(WINDOW), formerStatus: "healthy" }, "healthy"],
    ["nobody listens now", { receivingSince: NOW, formerStatus: "warning" }, "healthy"],
    ["critical before and not heard since", { receivingSince: NOW, formerStatus: "critical" }, "critical"],
  ] as const)("%s", (_, hearing, expected) => {
    expect(healthStatus(silent, NOW, hearing)).toBe(expected);
  });
});

describe("health score", () => {
  test.each([
    [{}, "healthy", 100],
    [{}, "unknown", 100],
    [{}, "warning", 75],
    [{}, "critical", 50],
    [{ batteryLevel: 50 }, "healthy", 100],
    [{ batteryLevel: 49.9 }, "healthy", 90],
    [{ batteryLevel: 20 }, "healthy", 90],
    [{ batteryLevel: 19.9 }, "healthy", 80],
    [{ batteryLevel: 0 }, "healthy", 80],
    [{ batteryLevel: null }, "healthy", 100],
    [{ signalStrength: -70 }, "healthy", 100],
    [{ signalStrength: -71 }, "healthy", 90],
    [{ signalStrength: -90 }, "healthy", 90],
    [{ signalStrength: -91 }, "healthy", 80],
    [{ signalStrength: null }, "healthy", 100],
    [{ signalStrength: 0 }, "healthy", 100],
    [{ errorCount: 1 }, "healthy", 98],
    [{ errorCount: 15 }, "healthy", 70],
    [{ errorCount: 16 }, "healthy", 70],
    [{ errorCount: 1_000, batteryLevel: 0, signalStrength: -100 }, "critical", 0],
  ] as [Partial<HealthFacts>, HealthStatus, number][])("%j, %s → %i", (facts, status, expected) => {
    expect(healthScore({ ...FINE, ...facts }, status)).toBe(expected);
  });
});

describe("signal quality", () => {
  test.each([
    [null, "none"],
    [0, "excellent"],
    [-50, "excellent"],
    [-51, "good"],
    [-60, "good"],
    [-61, "fair"],
    [-70, "fair"],
    [-71, "poor"],
    [-150, "poor"],
  ])("%s dBm is %s", (dbm, expected) => {
    expect(signalQuality(dbm)).toBe(expected);
  });
});

describe("who needs a person", () => {
  const CALM: AttentionFacts = { ...FINE, calibrationStatus: "not_required", firmwareUpdateStatus: "none" };
  test.each([
    ["nobody", {}, []],
    ["never seen: not yet", { lastSeenAt: null, batteryLevel: 0, errorCount: 99 }, []],
    ["silent", { lastSeenAt: ago(WINDOW + 1) }, [{ kind: "silent", since: ago(WINDOW + 1) }]],
    ["not at exactly ten minutes", { lastSeenAt: ago(WINDOW) }, []],
    ["an empty battery", { batteryLevel: 0 }, [{ kind: "battery", percent: 0 }]],
    ["battery at its threshold", { batteryLevel: 20 }, []],
    ["no battery", { batteryLevel: null }, []],
    ["5 errors", { errorCount: 5 }, []],
    ["6 errors", { errorCount: 6 }, [{ kind: "errors", count: 6 }]],
    ["calibration due", { calibrationStatus: "due" }, [{ kind: "calibration", status: "due" }]],
    ["calibration overdue, never seen", { calibrationStatus: "overdue", lastSeenAt: null }, [{ kind: "calibration", status: "overdue" }]],
    ["calibration valid", { calibrationStatus: "valid" }, []],
    ["a failed update", { firmwareUpdateStatus: "failed" }, [{ kind: "firmware_failed" }]],
    ["an update that was rolled back", { firmwareUpdateStatus: "rolled_back" }, []],
  ] as [string, Partial<AttentionFacts>, unknown][])("%s", (_, facts, expected) => {
    expect(attentionReasons({ ...CALM, ...facts }, NOW)).toEqual(expected);
  });

  test("all at once, the gravest first", () => {
    const reasons = attentionReasons(
      { ...CALM, lastSeenAt: ago(WINDOW * 2), batteryLevel: 1, errorCount: 50, calibrationStatus: "due", firmwareUpdateStatus: "failed" },
      NOW,
    );
    expect(reasons.map((reason) => reason.kind)).toEqual(["silent", "battery", "errors", "calibration", "firmware_failed"]);
  });
});

describe("presence", () => {
  test.each([
    [true, ago(0), true],
    [true, ago(WINDOW), true],
    [true, ago(WINDOW + 1), false],
    [true, null, false],
    [false, ago(0), false],
    [false, null, false],
  ])("connected %s, heard %s → online %s", (connected, lastSeenAt, expected) => {
    expect(isOnline({ connected, lastSeenAt, offlineWindowSeconds: 600 }, NOW)).toBe(expected);
  });

  test("a window of its own", () => {
    expect([isSilent(ago(30_000), NOW, 30), isSilent(ago(30_001), NOW, 30)]).toEqual([false, true]);
  });
});
