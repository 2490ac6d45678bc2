import {
  BatteryWarning,
  CloudOff,
  FolderX,
  Gauge,
  type LucideIcon,
  Megaphone,
  RadioTower,
  TriangleAlert,
  Unplug,
  WifiOff,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { AlertEventKind, AlertSeverity, AlertType } from "@/server/domain/alerts/vocabulary";

export const ALERT_ICONS: Record<AlertType, LucideIcon> = {
  offline: WifiOff,
  low_battery: BatteryWarning,
  poor_signal: RadioTower,
  high_errors: TriangleAlert,
  elevated_errors: TriangleAlert,
  calibration_overdue: Gauge,
  firmware_failed: CloudOff,
  custom: Megaphone,
  group_offline: FolderX,
  reception_lost: Unplug,
};

export const SEVERITY_TONES: Record<AlertSeverity, Tone> = { low: "unknown", warning: "warning", critical: "critical" };
export const SEVERITY_LABELS: Record<AlertSeverity, string> = { low: "Low", warning: "Warning", critical: "Critical" };

export const EVENT_LABELS: Record<AlertEventKind, string> = {
  raised: "Raised",
  severity_changed: "Severity changed",
  calmed: "The condition went away; waiting whether it stays away",
  returned: "The condition came back",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  woken: "Brought back",
  resolved: "Resolved",
  auto_resolved: "Resolved by itself",
  note: "Reported again",
};
