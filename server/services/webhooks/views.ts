import type { Prisma } from "@/server/db/generated/client";
import type { WebhookDeliveryState, WebhookEventType, WebhookOffReason } from "@/server/domain/webhooks/vocabulary";

export interface WebhookView {
  id: string;
  version: number;
  name: string;
  url: string;
  enabled: boolean;
  events: WebhookEventType[];
  /** Empty = every farm. */
  farmIds: string[];
  secretSince: Date;
  /** While it lies ahead, the former secret signs as well. */
  formerSecretUntil: Date | null;
  /** Since when it has answered nothing well; empty = it does, or has not been asked. */
  failingSince: Date | null;
  /** It asked to be left alone until then. */
  holdUntil: Date | null;
  offSince: Date | null;
  offReason: WebhookOffReason | null;
  /** Messages that have not been delivered yet. */
  waiting: number;
  /** Dead letters. */
  dead: number;
  /** Of the messages that were tried within the last day: how many, and how many of them are delivered. */
  lastDay: { tried: number; delivered: number };
}

/** What the audit log keeps of an endpoint; never its secret. */
export const AUDITED_FIELDS = { name: true, url: true, enabled: true, events: true, farmIds: true } satisfies Prisma.WebhookEndpointSelect;

export interface WebhookDeliveryView {
  id: string;
  eventId: string;
  type: WebhookEventType;
  /** What it is about: `device:MM001`. */
  subject: string;
  happenedAt: Date;
  state: WebhookDeliveryState;
  attempts: number;
  /** Of the next attempt, while it waits. */
  dueAt: Date;
  attemptedAt: Date | null;
  status: number | null;
  latencyMs: number | null;
  error: string | null;
  /** It waits for an older message of the same thing. */
  isHeldBack: boolean;
}
