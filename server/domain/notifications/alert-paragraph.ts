import { alertMessage, alertNextStep } from "../alerts/describe";
import { ALERT_TYPE_LABELS, type AlertSeverity, type AlertState, type AlertType } from "../alerts/vocabulary";
import type { DeviceType } from "../devices/device-type";
import type { LetterItem } from "./letter";
import type { NotificationKind } from "./vocabulary";

/** An alert that somebody is told of. */
export interface MailedAlert {
  alertId: string;
  kind: NotificationKind;
  type: AlertType;
  severity: AlertSeverity;
  state: AlertState;
  value: number | null;
  message: string | null;
  firstOccurrence: Date;
  resolvedAt: Date | null;
  deviceId: string | null;
  deviceName: string | null;
  deviceType: DeviceType | null;
  location: string | null;
  group: string | null;
  farm: string | null;
}

const SEVERITY_WORDS: Record<AlertSeverity, string> = { critical: "CRITICAL", warning: "Warning", low: "Low" };

/** What it is, where, since when, what probably helps, and where to read on. */
export function alertItem(alert: MailedAlert): LetterItem {
  const { alertId, kind, type, severity, state, firstOccurrence, resolvedAt, deviceType } = alert;
  const isOver = state === "resolved";
  const word = isOver ? "Over" : kind === "worsened" ? `Now ${SEVERITY_WORDS[severity]}` : SEVERITY_WORDS[severity];
  const where = [alert.location, alert.deviceId ? alert.group : null, alert.farm].filter(Boolean).join(", ");
  const prefix = kind === "over" ? "Over: " : severity === "critical" ? "Critical: " : "";
  return {
    about: "alert",
    id: alertId,
    severity,
    isCritical: severity === "critical" && !isOver,
    subject: `${prefix}${ALERT_TYPE_LABELS[type]}, ${placeOf(alert)}`,
    lines: (clock) => [
      `${word}: ${placeOf(alert)}: ${alertMessage(alert)}`,
      ...(where ? [`Where: ${where}`] : []),
      `Since: ${clock(firstOccurrence)}${resolvedAt ? `, until ${clock(resolvedAt)}` : ""}`,
      ...(isOver ? [] : [`Likely next step: ${alertNextStep(type, deviceType)}`]),
    ],
    path: `/alerts/${alertId}`,
  };
}

function placeOf({ deviceId, deviceName, group, farm }: MailedAlert): string {
  if (deviceId) return `${deviceId} ${deviceName ?? ""}`.trim();
  return group ?? farm ?? "the whole system";
}
