import { SEVERITY_LABELS } from "@/components/alerts/alert-facts";
import { formatMinute } from "@/components/farms/format-session";
import { ALERT_TYPE_LABELS } from "@/server/domain/alerts/vocabulary";
import type { NotificationRuleInput } from "@/server/domain/notifications/schema";
import { ROLLOUT_EVENT_KINDS, type RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import { CHANNEL_LABELS } from "./notification-facts";

/** What it speaks of, in words: "Alerts, warning and worse · rollouts that pause or fail". */
export function aboutWhat(rule: NotificationRuleInput): string {
  const { aboutAlerts, rolloutEvents } = rule;
  const rollouts = rolloutEvents.length > 0 ? whichRollouts(rolloutEvents) : null;
  return [aboutAlerts ? whichAlerts(rule) : null, rollouts].filter((part) => part !== null).join(" · ");
}

const EVENT_VERBS: Record<RolloutEventKind, string> = {
  paused: "pause",
  failed: "fail",
  awaiting_approval: "wait for approval",
  completed: "are completed",
};

/** Which rollouts, in words: "Rollouts that pause, fail or wait for approval". */
function whichRollouts(events: readonly RolloutEventKind[]): string {
  const verbs = ROLLOUT_EVENT_KINDS.filter((kind) => events.includes(kind)).map((kind) => EVENT_VERBS[kind]);
  return `Rollouts that ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(verbs)}`;
}

/** Which alerts, in words: "Alerts, warning and worse: Offline, Low battery". */
function whichAlerts({ minSeverity, types }: NotificationRuleInput): string {
  const grave =
    minSeverity === "low"
      ? "All alerts"
      : minSeverity === "critical"
        ? "Critical alerts"
        : `Alerts, ${SEVERITY_LABELS.warning.toLowerCase()} and worse`;
  if (types.length === 0) return grave;
  const names = types.map((type) => ALERT_TYPE_LABELS[type]);
  return `${grave}: ${names.length > 3 ? `${names.length} types` : names.join(", ")}`;
}

/** On which farms, by their names. */
export function whichFarms({ farmIds }: NotificationRuleInput, farms: readonly { id: string; name: string }[]): string {
  if (farmIds.length === 0) return "All your farms";
  const names = farms.filter(({ id }) => farmIds.includes(id)).map(({ name }) => name);
  return names.length > 2 ? `${names.length} farms` : names.join(", ");
}

/** How: "E-mail, Console". */
export function byWhichWays({ channels }: NotificationRuleInput): string {
  return channels.map((channel) => CHANNEL_LABELS[channel]).join(", ");
}

/** When: "If nobody has acknowledged after 30 min · quiet 21:00–05:30, except critical". */
export function whenTold(rule: NotificationRuleInput): string {
  const { delayMinutes, quietFromMinute, quietUntilMinute, digestMinute, criticalAtOnce, tellWhenOver } = rule;
  const isHeldBack = quietFromMinute !== null || digestMinute !== null;
  const parts = [
    delayMinutes > 0 ? `If nobody has reacted after ${formatMinutes(delayMinutes)}` : digestMinute === null ? "At once" : null,
    digestMinute === null ? null : `${delayMinutes > 0 ? "together" : "Together"} at ${formatMinute(digestMinute)}`,
    quietFromMinute === null || quietUntilMinute === null
      ? null
      : `quiet ${formatMinute(quietFromMinute)}–${formatMinute(quietUntilMinute)}`,
    isHeldBack && criticalAtOnce ? "critical at once" : null,
    tellWhenOver ? "and when it is over" : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function formatMinutes(minutes: number): string {
  if (minutes % 60 === 0) return minutes === 60 ? "an hour" : `${minutes / 60} hours`;
  return `${minutes} min`;
}
