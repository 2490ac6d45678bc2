import type { CalibrationStatus, FirmwareUpdateStatus, HealthStatus } from "../devices/vocabulary";
import { isSilent } from "./presence";
import { CRITICAL_BATTERY_PERCENT, type Thresholds } from "./thresholds";

/** What health is judged by. `null` = never reported; 0 is a value (DESIGN 6). */
export interface HealthFacts extends Thresholds {
  lastSeenAt: Date | null;
  errorCount: number;
  /** Percent. */
  batteryLevel: number | null;
  /** dBm */
  signalStrength: number | null;
}

export const SIGNAL_QUALITIES = ["excellent", "good", "fair", "poor", "none"] as const;
export type SignalQuality = (typeof SIGNAL_QUALITIES)[number];

/** What was known before, where it bears on the judgement. */
export interface Hearing {
  /** Since when messages are received without a gap; `null` = always. */
  receivingSince: Date | null;
  /** What the device was judged last. */
  formerStatus: HealthStatus;
}

/**
 * Silent, as far as anybody listened: silence counts from when messages were received again. A device that was critical
 * before stays so until it is heard, since nothing new is known of it.
 */
export function isDeemedSilent(facts: Pick<HealthFacts, "lastSeenAt" | "offlineWindowSeconds">, now: Date, hearing?: Hearing): boolean {
  const { lastSeenAt, offlineWindowSeconds } = facts;
  if (lastSeenAt === null || !isSilent(lastSeenAt, now, offlineWindowSeconds)) return false;
  return hearing?.formerStatus === "critical" || isSilent(lastSeenAt, now, offlineWindowSeconds, hearing?.receivingSince);
}

/** Specification Task 1.1 `_compute_health_status`, with the device's own thresholds and 0 % as critical. */
export function healthStatus(facts: HealthFacts, now: Date, hearing?: Hearing): HealthStatus {
  if (facts.lastSeenAt === null) return "unknown";
  const battery = facts.batteryLevel;
  const isCritical =
    isDeemedSilent(facts, now, hearing) || facts.errorCount > facts.highErrors || (battery !== null && battery < CRITICAL_BATTERY_PERCENT);
  if (isCritical) return "critical";
  const isWarning = facts.errorCount > facts.elevatedErrors || (battery !== null && battery < facts.lowBatteryThreshold);
  return isWarning ? "warning" : "healthy";
}

/** Specification Task 1.1 `_compute_health_score`: 0 … 100. */
export function healthScore(facts: Pick<HealthFacts, "batteryLevel" | "signalStrength" | "errorCount">, status: HealthStatus): number {
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
export function attentionReasons(facts: AttentionFacts, now: Date, hearing?: Hearing): AttentionReason[] {
  const reasons: AttentionReason[] = [];
  if (facts.lastSeenAt !== null) {
    if (isDeemedSilent(facts, now, hearing)) reasons.push({ kind: "silent", since: facts.lastSeenAt });
    // Below the critical line it needs a person even where the warning was set lower (specification: health critical).
    if (facts.batteryLevel !== null && facts.batteryLevel < Math.max(facts.lowBatteryThreshold, CRITICAL_BATTERY_PERCENT)) {
      reasons.push({ kind: "battery", percent: facts.batteryLevel });
    }
    if (facts.errorCount > Math.min(facts.elevatedErrors, facts.highErrors)) reasons.push({ kind: "errors", count: facts.errorCount });
  }
  if (facts.calibrationStatus === "due" || facts.calibrationStatus === "overdue") {
    reasons.push({ kind: "calibration", status: facts.calibrationStatus });
  }
  if (facts.firmwareUpdateStatus === "failed") reasons.push({ kind: "firmware_failed" });
  return reasons;
}
