import type { CalibrationStatus, FirmwareUpdateStatus, HealthStatus } from "../devices/schema";
import { isSilent } from "./presence";

/** What health is judged by. `null` = never reported; 0 is a value (DESIGN 6). */
export interface HealthFacts {
  lastSeenAt: Date | null;
  errorCount: number;
  batteryLevel: number | null;
  /** Percent. */
  lowBatteryThreshold: number;
  /** dBm */
  signalStrength: number | null;
}

const CRITICAL_BATTERY_PERCENT = 10;
const CRITICAL_ERRORS = 10;
export const WARNING_ERRORS = 5;

export type SignalQuality = "excellent" | "good" | "fair" | "poor" | "none";

/** Specification Task 1.1 `_compute_health_status`, with the device's own battery threshold and 0 % as critical. */
export function healthStatus(facts: HealthFacts, now: Date): HealthStatus {
  if (facts.lastSeenAt === null) return "unknown";
  const battery = facts.batteryLevel;
  const isCritical =
    isSilent(facts.lastSeenAt, now) || facts.errorCount > CRITICAL_ERRORS || (battery !== null && battery < CRITICAL_BATTERY_PERCENT);
  if (isCritical) return "critical";
  const isWarning = facts.errorCount > WARNING_ERRORS || (battery !== null && battery < facts.lowBatteryThreshold);
  return isWarning ? "warning" : "healthy";
}

/** Specification Task 1.1 `_compute_health_score`: 0 … 100. */
export function healthScore(facts: HealthFacts, status: HealthStatus): number {
  let score = 100;
  if (status === "critical") score -= 50;
  if (status === "warning") score -= 25;
  if (facts.batteryLevel !== null) {
    if (facts.batteryLevel < 20) score -= 20;
    else if (facts.batteryLevel < 50) score -= 10;
  }
  if (facts.signalStrength !== null) {
    if (facts.signalStrength < -90) score -= 20;
    else if (facts.signalStrength < -70) score -= 10;
  }
  score -= Math.min(facts.errorCount * 2, 30);
  return Math.max(0, score);
}

/** Specification Task 1.1 `_compute_signal_quality`, from dBm. */
export function signalQuality(signalStrength: number | null): SignalQuality {
  if (signalStrength === null) return "none";
  if (signalStrength >= -50) return "excellent";
  if (signalStrength >= -60) return "good";
  if (signalStrength >= -70) return "fair";
  return "poor";
}

export interface AttentionFacts extends HealthFacts {
  calibrationStatus: CalibrationStatus;
  firmwareUpdateStatus: FirmwareUpdateStatus;
}

export type AttentionReason =
  | { kind: "silent"; since: Date }
  | { kind: "battery"; percent: number }
  | { kind: "errors"; count: number }
  | { kind: "calibration"; status: "due" | "overdue" }
  | { kind: "firmware_failed" };

/** Why a device needs a person, the gravest first; empty when it does not (specification Task 1.1 `_compute_needs_attention`). */
export function attentionReasons(facts: AttentionFacts, now: Date): AttentionReason[] {
  const reasons: AttentionReason[] = [];
  if (facts.lastSeenAt !== null) {
    if (isSilent(facts.lastSeenAt, now)) reasons.push({ kind: "silent", since: facts.lastSeenAt });
    if (facts.batteryLevel !== null && facts.batteryLevel < facts.lowBatteryThreshold) {
      reasons.push({ kind: "battery", percent: facts.batteryLevel });
    }
    if (facts.errorCount > WARNING_ERRORS) reasons.push({ kind: "errors", count: facts.errorCount });
  }
  if (facts.calibrationStatus === "due" || facts.calibrationStatus === "overdue") {
    reasons.push({ kind: "calibration", status: facts.calibrationStatus });
  }
  if (facts.firmwareUpdateStatus === "failed") reasons.push({ kind: "firmware_failed" });
  return reasons;
}
