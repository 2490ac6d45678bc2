import type { ConnectionType, PowerSource } from "../devices/vocabulary";
import { isSilent } from "../health/presence";
import { CRITICAL_BATTERY_PERCENT, type Thresholds } from "../health/thresholds";
import type { Check, CheckResult } from "./check";
import { describeDuration, describePercent, describeSignal } from "./describe-values";
import { clockResult } from "./device-checks";

/** What the server knows of a device without asking it. `null` = never reported. */
export interface ServerFacts extends Omit<Thresholds, "weakSignalThreshold"> {
  lastSeenAt: Date | null;
  powerSource: PowerSource;
  batteryLevel: number | null;
  /** Percent a day over the last week; negative when it drains. */
  batteryPercentPerDay: number | null;
  /** Hours that trend was measured over. */
  batteryHours: number;
  signalStrength: number | null;
  connectionType: ConnectionType | null;
  errorCount: number;
  lastRestartAt: Date | null;
  lastRestartReason: string | null;
  /** `null` = no valid password. */
  credentialIssuedAt: Date | null;
  invalidMessageCount: number;
  lastInvalidAt: Date | null;
  lastInvalidReason: string | null;
  /** Device clock minus server clock at its answer; `null` without an answer. */
  clockSkewMs: number | null;
  firmwareVersion: string | null;
  targetFirmwareVersion: string | null;
}

const DAY_MS = 86_400_000;
/** A trend over less than half a day is noise. */
const LEAST_TREND_HOURS = 12;
const OLD_CREDENTIAL_DAYS = 365;
const ACCIDENTS = new Set(["watchdog", "brownout", "crash"]);
/** Radios made for distance work where Wi-Fi has long given up. */
const FEEBLE_DBM: Record<ConnectionType, number> = { wifi: -80, bluetooth: -85, ethernet: -80, cellular: -105, lora: -115 };

/** What the server says about a device, from its messages and its records; what was never reported is left out. */
export function serverChecks(facts: ServerFacts, now: Date): Check[] {
  return [
    lastSeen(facts, now),
    battery(facts),
    batteryTrend(facts),
    signal(facts),
    errors(facts),
    restarts(facts, now),
    credential(facts, now),
    refusedMessages(facts, now),
    clockSkew(facts),
    firmwareVersion(facts),
  ].filter((check) => check !== null);
}

function check(key: string, result: CheckResult, value: string | null, nextStep: string): Check {
  return { key, source: "server", result, value, nextStep: result === "passed" ? null : nextStep };
}

function lastSeen({ lastSeenAt, offlineWindowSeconds }: ServerFacts, now: Date): Check {
  if (!lastSeenAt) return check("last_seen", "failed", "Never", "Check power, network and the password that was set at the device.");
  const silent = isSilent(lastSeenAt, now, offlineWindowSeconds);
  const value = now.getTime() - lastSeenAt.getTime() < 5_000 ? "Just now" : `${describeDuration(now.getTime() - lastSeenAt.getTime())} ago`;
  return check("last_seen", silent ? "failed" : "passed", value, "Check power and network at the device.");
}

function battery({ batteryLevel, lowBatteryThreshold }: ServerFacts): Check | null {
  if (batteryLevel === null) return null;
  const value = describePercent(batteryLevel);
  if (batteryLevel < CRITICAL_BATTERY_PERCENT) return check("battery", "failed", value, "Charge or replace the battery now.");
  return check(
    "battery",
    batteryLevel < lowBatteryThreshold ? "warning" : "passed",
    value,
    "Charge or replace the battery on the next round.",
  );
}

function batteryTrend({ batteryLevel, batteryPercentPerDay: slope, batteryHours }: ServerFacts): Check | null {
  if (batteryLevel === null || slope === null || batteryHours < LEAST_TREND_HOURS) return null;
  if (slope > -0.05) return check("battery_trend", "passed", slope > 0.05 ? `+${describePercent(slope)} a day` : "Steady", "");
  const daysLeft = batteryLevel / -slope;
  const value = `\u2212${describePercent(-slope)} a day, ${daysLeft < 1 ? "less than a day" : `about ${Math.floor(daysLeft)} d`} left`;
  const result = daysLeft < 3 ? "failed" : daysLeft < 14 ? "warning" : "passed";
  return check("battery_trend", result, value, "Plan a new battery before it runs flat, or have it report less often.");
}

function signal({ signalStrength, connectionType }: ServerFacts): Check | null {
  if (signalStrength === null) return null;
  const isFeeble = signalStrength < FEEBLE_DBM[connectionType ?? "wifi"];
  return check(
    "signal",
    isFeeble ? "warning" : "passed",
    describeSignal(signalStrength),
    "Move the antenna or add an access point nearby.",
  );
}

function errors({ errorCount, elevatedErrors, highErrors }: ServerFacts): Check {
  const result = errorCount > highErrors ? "failed" : errorCount > elevatedErrors ? "warning" : "passed";
  return check("errors", result, String(errorCount), "Restart it at a quiet time; if the errors come back, have it repaired.");
}

function restarts({ lastRestartAt, lastRestartReason }: ServerFacts, now: Date): Check | null {
  if (!lastRestartAt || now.getTime() - lastRestartAt.getTime() > DAY_MS || !ACCIDENTS.has(lastRestartReason ?? "")) return null;
  const value = `${lastRestartReason}, ${describeDuration(now.getTime() - lastRestartAt.getTime())} ago`;
  const isPower = lastRestartReason === "brownout";
  return check("restarts", "warning", value, isPower ? "Check its power supply." : "Watch it; if it happens again, have it repaired.");
}

function credential({ credentialIssuedAt }: ServerFacts, now: Date): Check {
  if (!credentialIssuedAt) return check("credential", "failed", "None is valid", "Issue a new password and set it at the device.");
  const days = Math.floor((now.getTime() - credentialIssuedAt.getTime()) / DAY_MS);
  const value = days < 1 ? "Issued today" : `${days} d old`;
  return check("credential", days > OLD_CREDENTIAL_DAYS ? "warning" : "passed", value, "Issue a new password on the next visit.");
}

function refusedMessages({ invalidMessageCount, lastInvalidAt, lastInvalidReason }: ServerFacts, now: Date): Check {
  if (!lastInvalidAt || now.getTime() - lastInvalidAt.getTime() > DAY_MS) return check("refused_messages", "passed", "None in 24 h", "");
  const value = `${invalidMessageCount} in all, last: ${lastInvalidReason ?? "not known"}`;
  // The broker closes the connection of a device that publishes elsewhere, and notes it in these words.
  const isForbiddenTopic = lastInvalidReason?.startsWith("published to ") ?? false;
  const nextStep = isForbiddenTopic
    ? "It publishes where it must not: check the topics in its settings, and whether somebody else uses its password."
    : "Its firmware breaks the device protocol: report this to the maker.";
  return check("refused_messages", isForbiddenTopic ? "failed" : "warning", value, nextStep);
}

function clockSkew({ clockSkewMs }: ServerFacts): Check | null {
  if (clockSkewMs === null) return null;
  const size = describeDuration(Math.abs(clockSkewMs));
  const value = Math.abs(clockSkewMs) < 1_000 ? "In step" : `${size} ${clockSkewMs > 0 ? "ahead" : "behind"}`;
  return check("clock_skew", clockResult(clockSkewMs), value, "Let it reach a time server (SNTP). Commands expire by the device's clock.");
}

function firmwareVersion({ firmwareVersion: running, targetFirmwareVersion: target }: ServerFacts): Check | null {
  if (running === null) return null;
  const isBehind = target !== null && target !== running;
  const value = isBehind ? `${running}, ${target} is wanted` : running;
  return check("firmware_version", isBehind ? "warning" : "passed", value, "Plan the update.");
}
