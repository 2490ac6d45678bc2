import type { Tone } from "@/components/ui/tone";
import {
  WEBHOOK_EVENT_TYPES,
  type WebhookDeliveryState,
  type WebhookOffReason,
  type WebhookTopic,
  type WebhookEventType,
} from "@/server/domain/webhooks/vocabulary";
import type { WebhookView } from "@/server/services/webhooks/views";

export const DELIVERY_FACTS: Record<WebhookDeliveryState, { label: string; tone: Tone }> = {
  waiting: { label: "Waiting", tone: "warning" },
  sending: { label: "Sending", tone: "info" },
  delivered: { label: "Delivered", tone: "healthy" },
  dead: { label: "Dead letter", tone: "critical" },
};

export const OFF_REASONS: Record<WebhookOffReason, string> = {
  gone: "The receiver said that it is gone (410).",
  failing: "The receiver has answered nothing well for five days.",
};

/** How an endpoint does, in one word. */
export function stateOf({ enabled, offReason, failingSince, dead }: WebhookView): { label: string; tone: Tone } {
  if (!enabled) return offReason ? { label: "Switched off", tone: "critical" } : { label: "Off", tone: "unknown" };
  if (failingSince) return { label: "Failing", tone: "critical" };
  return dead > 0 ? { label: "Dead letters", tone: "warning" } : { label: "On", tone: "healthy" };
}

/** "98 % of 1,204", never 100 % while one is missing. */
export function successShare({ tried, delivered }: WebhookView["lastDay"]): string {
  if (tried === 0) return "Nothing sent";
  const percent = Math.floor((delivered / tried) * 100);
  return `${percent} % of ${tried.toLocaleString("en")} delivered`;
}

export function typesOf(topic: WebhookTopic): WebhookEventType[] {
  return WEBHOOK_EVENT_TYPES.filter((type) => type.startsWith(`${topic}.`));
}

/** "Every event", or how many. */
export function describeEvents(events: readonly string[]): string {
  if (events.length === WEBHOOK_EVENT_TYPES.length) return "Every event";
  return events.length === 1 ? String(events[0]) : `${events.length} kinds of events`;
}

export function describeFarms(farmIds: readonly string[], farms: readonly { id: string; name: string }[]): string {
  if (farmIds.length === 0) return "Every farm";
  return farms
    .filter(({ id }) => farmIds.includes(id))
    .map(({ name }) => name)
    .join(", ");
}

/** "device:MM001" → "MM001"; of other things their kind is enough, the payload names them. */
export function subjectLabel(subject: string): string {
  const [kind = "", id = ""] = subject.split(":");
  return kind === "device" ? id : `One ${kind}`;
}
