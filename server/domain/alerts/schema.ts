import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { optionalLine, requiredLine } from "../text";
import { ALERT_ORDERS, ALERT_VIEWS } from "./list-vocabulary";
import { ALERT_SEVERITIES, ALERT_TYPES } from "./vocabulary";

const MAX_CHOICES = 100;
const uuids = z.array(z.uuid()).max(MAX_CHOICES).default([]);

/** Which alerts: everything left out is no condition. */
export const alertFilterSchema = z.object({
  view: z.enum(ALERT_VIEWS).default("open"),
  severities: z.array(z.enum(ALERT_SEVERITIES)).max(MAX_CHOICES).default([]),
  types: z.array(z.enum(ALERT_TYPES)).max(MAX_CHOICES).default([]),
  farmIds: uuids,
  groupIds: uuids,
  /** One device's alerts, those that a group alert speaks for among them. */
  deviceId: z.string().max(20).optional(),
  /** The alerts that this group alert speaks for. */
  parentId: z.uuid().optional(),
  search: z.string().max(200).default(""),
});
export type AlertFilter = z.output<typeof alertFilterSchema>;

export const listAlertsSchema = alertFilterSchema.extend({
  order: z.enum(ALERT_ORDERS).default("gravest"),
  cursor: z.string().max(200).nullish(),
  pageSize: z.number().int().min(1).max(200).default(100),
});

export const alertIdSchema = z.object({ id: z.uuid() });

const MAX_AT_ONCE = 10_000;
const alertIds = z.array(z.uuid()).min(1, "Choose at least one alert").max(MAX_AT_ONCE, "At most 10,000 alerts at once");

export const acknowledgeAlertsSchema = z.object({ ids: alertIds, note: optionalLine(500) });

export const resolveAlertsSchema = z.object({ ids: alertIds, notes: requiredLine(500, "Say what was done, for whoever sees it next") });

export const MAX_SNOOZE_DAYS = 30;

export const snoozeAlertsSchema = z.object({
  ids: alertIds,
  until: z.date("Choose until when"),
  reason: requiredLine(300, "Say why it can wait"),
});

export const wakeAlertsSchema = z.object({ ids: alertIds });

/** What a person on the farm has noticed and no rule can (specification Task 2.2: custom). */
export const raiseAlertSchema = z.object({
  deviceId: deviceIdSchema,
  message: requiredLine(500, "Say what is wrong"),
  severity: z.enum(ALERT_SEVERITIES).default("warning"),
});
