import { alertMessage, alertNextStep } from "../alerts/describe";
import { ALERT_TYPE_LABELS, type AlertSeverity, type AlertState, type AlertType } from "../alerts/vocabulary";
import type { DeviceType } from "../devices/device-type";
import { groupBy } from "../group-by";
import type { NotificationKind } from "./vocabulary";

/** An alert that somebody is told of. */
export interface MailedAlert {
  kind: NotificationKind;
  isDigest: boolean;
  alertId: string;
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
  /** The name of the rule that asks for it. */
  rule: string;
  /** IANA zone of the person's clock. */
  timeZone: string;
}

interface Letter {
  person: string;
  isDigest: boolean;
  /** The gravest first. */
  alerts: readonly MailedAlert[];
  /** Where the console is: `https://dairy.example`. */
  publicUrl: string;
}

const MAX_TOLD = 50;
const SEVERITY_WORDS: Record<AlertSeverity, string> = { critical: "CRITICAL", warning: "Warning", low: "Low" };

/** One message about all of it: what it is, where, since when, what probably helps, and where to read on. */
export function writeAlertMail({ person, isDigest, alerts, publicUrl }: Letter): { subject: string; text: string } {
  // Two rules may ask for the same.
  const told = [...groupBy(alerts, ({ alertId }) => alertId).values()].flatMap((same) => same.slice(-1));
  const rest = told.length - MAX_TOLD;
  const rules = [...new Set(alerts.map(({ rule }) => rule))].filter(Boolean).map((rule) => `“${rule}”`);
  const paragraphs = [
    `Hello ${person},`,
    ...told.slice(0, MAX_TOLD).map((alert) => paragraphOf(alert, publicUrl)),
    ...(rest > 0 ? [`And ${rest} more: ${new URL("/alerts", publicUrl).href}`] : []),
    `You are told this by your ${rules.length === 1 ? "rule" : "rules"} ${rules.join(", ")}. Change what you are told: ${new URL("/notifications", publicUrl).href}`,
  ];
  return { subject: subjectOf(told, isDigest), text: `${paragraphs.join("\n\n")}\n` };
}

function subjectOf(told: readonly MailedAlert[], isDigest: boolean): string {
  const [first] = told;
  if (isDigest) return `Smart Dairy: ${told.length === 1 ? "one alert" : `${told.length} alerts`} since the last digest`;
  if (!first) return "Smart Dairy";
  if (told.length > 1) {
    const critical = told.filter(({ severity, state }) => severity === "critical" && state !== "resolved").length;
    return `Smart Dairy: ${told.length} alerts${critical > 0 ? `, ${critical} critical` : ""}`;
  }
  const prefix = first.kind === "over" ? "Over: " : first.severity === "critical" ? "Critical: " : "";
  return `${prefix}${ALERT_TYPE_LABELS[first.type]}, ${subjectPlace(first)}`;
}

function subjectPlace({ deviceId, deviceName, group, farm }: MailedAlert): string {
  if (deviceId) return `${deviceId} ${deviceName ?? ""}`.trim();
  return group ?? farm ?? "the whole system";
}

function paragraphOf(alert: MailedAlert, publicUrl: string): string {
  const { firstOccurrence, resolvedAt, timeZone } = alert;
  const isOver = alert.state === "resolved";
  const word = isOver ? "Over" : alert.kind === "worsened" ? `Now ${SEVERITY_WORDS[alert.severity]}` : SEVERITY_WORDS[alert.severity];
  const where = [alert.location, alert.deviceId ? alert.group : null, alert.farm].filter(Boolean).join(", ");
  return [
    `${word}: ${subjectPlace(alert)}: ${alertMessage(alert)}`,
    ...(where ? [`Where: ${where}`] : []),
    `Since: ${clock(firstOccurrence, timeZone)}${resolvedAt ? `, until ${clock(resolvedAt, timeZone)}` : ""}`,
    ...(isOver ? [] : [`Likely next step: ${alertNextStep(alert.type, alert.deviceType)}`]),
    new URL(`/alerts/${alert.alertId}`, publicUrl).href,
  ].join("\n");
}

function clock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}
