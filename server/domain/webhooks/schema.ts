import { z } from "zod";
import { requiredLine } from "../text";
import { WEBHOOK_DELIVERY_STATES, WEBHOOK_EVENT_TYPES } from "./vocabulary";

const MAX_FARMS = 1_000;
const MAX_OVERLAP_HOURS = 24 * 7;
export const MAX_REPLAYED = 1_000;

const unique = <Value>(values: Value[]) => [...new Set(values)];

/** An endpoint as an admin sets it up. */
export const webhookEndpointSchema = z.object({
  name: requiredLine(60, "Give the endpoint a name, for example Herd management"),
  url: z.string().trim().max(2_000, "At most 2000 characters"),
  enabled: z.boolean().default(true),
  events: z.array(z.enum(WEBHOOK_EVENT_TYPES)).min(1, "Choose at least one event").transform(unique),
  /** Empty = every farm, and what belongs to none. */
  farmIds: z.array(z.uuid()).max(MAX_FARMS).default([]).transform(unique),
});
export type WebhookEndpointInput = z.output<typeof webhookEndpointSchema>;

export const createWebhookSchema = z.object({ endpoint: webhookEndpointSchema });

/** `version` is the one that was read. */
export const updateWebhookSchema = z.object({ id: z.uuid(), version: z.number().int().nonnegative(), endpoint: webhookEndpointSchema });

export const webhookIdSchema = z.object({ id: z.uuid() });

export const rotateWebhookSecretSchema = z.object({
  id: z.uuid(),
  /** How long the former secret signs as well; 0 = it is worthless at once. */
  overlapHours: z.number().int().min(0).max(MAX_OVERLAP_HOURS, "At most a week (168 hours)").default(24),
});

/** Of one endpoint, the newest first. */
export const listWebhookDeliveriesSchema = z.object({
  endpointId: z.uuid(),
  /** Empty = all. */
  states: z.array(z.enum(WEBHOOK_DELIVERY_STATES)).default([]),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "Not a cursor of this list")
    .nullish(),
  pageSize: z.number().int().min(1).max(200).default(50),
});

export const webhookDeliveryIdSchema = z.object({ endpointId: z.uuid(), id: z.uuid() });

/** Some deliveries, or all dead letters. */
export const replayWebhookSchema = z.object({
  endpointId: z.uuid(),
  deliveries: z.union([
    z.literal("all_dead"),
    z.array(z.uuid()).min(1, "Choose at least one").max(MAX_REPLAYED, `At most ${MAX_REPLAYED} at once`).transform(unique),
  ]),
});
