import type { AttentionFacts } from "../health/policy";
import { isSilent } from "../health/presence";
import { CRITICAL_BATTERY_PERCENT } from "../health/thresholds";
import type { AlertSeverity, AlertType, MONITORED_CONDITIONS } from "./vocabulary";

export type MonitoredCondition = (typeof MONITORED_CONDITIONS)[number];

/** One thing that is wrong with a device now. */
export interface Finding {
  condition: MonitoredCondition;
  type: AlertType;
  severity: AlertSeverity;
  /** Percent, dBm or errors; `null` for silence and calibration. */
  value: number | null;
}

/**
 * What is wrong with an active device (specification Task 2.2 `_check_device_health`): at most one finding a condition.
 * What the server keeps in SQL for whole fleets is held to this by a test.
 * @param receivingSince since when messages are received without a gap: silence before it raises nothing
 */
export function findingsOf(facts: AttentionFacts, now: Date, receivingSince: Date | null = null): Finding[] {
  const findings: Finding[] = [];
  const { lastSeenAt, batteryLevel, signalStrength, errorCount } = facts;
  if (lastSeenAt !== null && isSilent(lastSeenAt, now, facts.offlineWindowSeconds, receivingSince)) {
    findings.push({ condition: "offline", type: "offline", severity: "critical", value: null });
  }
  if (batteryLevel !== null && batteryLevel < Math.max(facts.lowBatteryThreshold, CRITICAL_BATTERY_PERCENT)) {
    const severity = batteryLevel < CRITICAL_BATTERY_PERCENT ? "critical" : "warning";
    findings.push({ condition: "battery", type: "low_battery", severity, value: batteryLevel });
  }
  if (signalStrength !== null && signalStrength < facts.weakSignalThreshold) {
    findings.push({ condition: "signal", type: "poor_signal", severity: "warning", value: signalStrength });
  }
  if (errorCount > facts.highErrors) {
    findings.push({ condition: "errors", type: "high_errors", severity: "critical", value: errorCount });
  } else if (errorCount > facts.elevatedErrors) {
    findings.push({ condition: "errors", type: "elevated_errors", severity: "warning", value: errorCount });
  }
  if (facts.calibrationStatus === "overdue") {
    findings.push({ condition: "calibration", type: "calibration_overdue", severity: "warning", value: null });
  }
  return findings;
}
