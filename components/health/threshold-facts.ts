import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import type { Thresholds } from "@/server/domain/health/thresholds";
import type { RuleLevel } from "@/server/services/health/get-health-rules";

export const THRESHOLD_LABELS: Record<keyof Thresholds, string> = {
  offlineWindowSeconds: "Offline after",
  lowBatteryThreshold: "Battery low below",
  weakSignalThreshold: "Signal alert below",
  elevatedErrors: "Warning above",
  highErrors: "Critical above",
};

/** What the number in the form counts. */
export const THRESHOLD_UNITS: Record<keyof Thresholds, string> = {
  offlineWindowSeconds: "s",
  lowBatteryThreshold: "%",
  weakSignalThreshold: "dBm",
  elevatedErrors: "errors",
  highErrors: "errors",
};

export function formatThreshold(key: keyof Thresholds, value: number): string {
  if (key === "offlineWindowSeconds") return formatWindow(value);
  return `${String(value).replace("-", "\u2212")} ${THRESHOLD_UNITS[key]}`;
}

function formatWindow(seconds: number): string {
  if (seconds % 86_400 === 0) return plural(seconds / 86_400, "day");
  if (seconds % 3_600 === 0) return plural(seconds / 3_600, "hour");
  if (seconds % 60 === 0) return plural(seconds / 60, "minute");
  return `${seconds} s`;
}

function plural(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** Where an inherited value comes from. */
export function sourceLabel(from: Omit<RuleLevel, "rule"> | null): string {
  if (!from) return "built in";
  if (from.level === "type") return `all ${DEVICE_TYPE_FACTS[from.name as DeviceType].plural.toLowerCase()}`;
  return from.level === "group" ? `group ${from.name}` : from.name;
}
