/** Alert types, conditions, severities and states (specification Task 2.2), with the two that speak for many devices. */
export const ALERT_TYPES = [
  "offline",
  "low_battery",
  "poor_signal",
  "high_errors",
  "elevated_errors",
  "calibration_overdue",
  "firmware_failed",
  "custom",
  "group_offline",
  "reception_lost",
] as const;
export type AlertType = (typeof ALERT_TYPES)[number];

/** What is wrong, whatever its level: of each a device has one open alert at most. */
export const ALERT_CONDITIONS = [
  "offline",
  "battery",
  "signal",
  "errors",
  "calibration",
  "firmware",
  "custom",
  "group_offline",
  "reception",
] as const;
export type AlertCondition = (typeof ALERT_CONDITIONS)[number];

/** Those the health check itself raises and ends; the others are ended by whoever raised them, or by a person. */
export const MONITORED_CONDITIONS = ["offline", "battery", "signal", "errors", "calibration"] as const satisfies AlertCondition[];

export const ALERT_SEVERITIES = ["low", "warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const ALERT_STATES = ["active", "acknowledged", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const ALERT_EVENT_KINDS = [
  "raised",
  "severity_changed",
  "calmed",
  "returned",
  "acknowledged",
  "snoozed",
  "woken",
  "resolved",
  "auto_resolved",
  "note",
] as const;
export type AlertEventKind = (typeof ALERT_EVENT_KINDS)[number];

export const ALERT_TYPE_LABELS: Record<AlertType, string> = {
  offline: "Offline",
  low_battery: "Low battery",
  poor_signal: "Poor signal",
  high_errors: "High error rate",
  elevated_errors: "Elevated errors",
  calibration_overdue: "Calibration overdue",
  firmware_failed: "Firmware update failed",
  custom: "Custom",
  group_offline: "Group offline",
  reception_lost: "Reception lost",
};
