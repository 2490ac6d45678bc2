import { z } from "zod";
import { ALERT_CONDITIONS, ALERT_SEVERITIES, ALERT_STATES, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { farmRef, instant, maybeInstant, named, nextCursor } from "./shared";

const alertFields = z.object({
  id: z.uuid(),
  condition: z.enum(ALERT_CONDITIONS),
  type: z.enum(ALERT_TYPES),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(ALERT_STATES),
  value: z.number().nullable(),
  message: z.string(),
  occurrenceCount: z.number().int(),
  firstOccurrence: instant,
  lastOccurrence: instant,
  acknowledgedAt: maybeInstant,
  acknowledgedBy: z.string().nullable(),
  resolvedAt: maybeInstant,
  resolvedBy: z.string().nullable(),
  resolutionNotes: z.string().nullable(),
  snoozedUntil: maybeInstant,
  parentId: z.uuid().nullable().meta({ description: "The group alert that speaks for it" }),
  memberCount: z.number().int().meta({ description: "Of a group alert: how many it speaks for" }),
  farm: farmRef.nullable(),
  device: z.object({ deviceId: z.string(), name: z.string(), type: z.enum(DEVICE_TYPES), location: z.string().nullable() }).nullable(),
  group: named.nullable(),
});

export const alertPage = z.object({ alerts: z.array(alertFields.meta({ id: "AlertSummary" })), nextCursor }).meta({ id: "AlertPage" });

export const alert = alertFields
  .extend({
    nextStep: z.string(),
    timeline: z.array(z.object({ at: instant, kind: z.string(), actor: z.string().nullable(), note: z.string().nullable() })),
  })
  .meta({ id: "Alert" });

export const handledAlert = z
  .object({
    handled: z.number().int().meta({ description: "1, or 0 when somebody else had dealt with it already" }),
    skipped: z.number().int(),
  })
  .meta({ id: "HandledAlert" });
