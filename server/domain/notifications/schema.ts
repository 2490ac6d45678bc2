import { z } from "zod";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../alerts/vocabulary";
import { isTimeZone } from "../farms/schema";
import { ROLLOUT_EVENT_KINDS, type RolloutEventKind } from "../rollouts/vocabulary";
import { requiredLine } from "../text";
import { NOTIFICATION_CHANNELS, NOTIFICATION_STATES } from "./vocabulary";

const MAX_FARMS = 1_000;
const MAX_DELAY_MINUTES = 24 * 60;

const minuteOfDay = z
  .number("A time of day")
  .int()
  .min(0)
  .max(24 * 60 - 1)
  .nullable();

/** What most people want to hear of rollouts that they did not make. */
export const USUAL_ROLLOUT_EVENTS: RolloutEventKind[] = ["paused", "failed", "awaiting_approval"];

const unique = <Value>(values: Value[]) => [...new Set(values)];

/** What a person wants to be told, and how. */
export const notificationRuleSchema = z
  .object({
    name: requiredLine(60, "Give the rule a name, for example Urgent"),
    enabled: z.boolean().default(true),
    /** Empty = every farm of the person's, and for admins the system itself. */
    farmIds: z.array(z.uuid()).max(MAX_FARMS).default([]).transform(unique),
    /** Whether it speaks of alerts at all; their severity and types count only then. */
    aboutAlerts: z.boolean().default(true),
    minSeverity: z.enum(ALERT_SEVERITIES),
    /** Empty = all. */
    types: z.array(z.enum(ALERT_TYPES)).max(ALERT_TYPES.length).default([]).transform(unique),
    /** Empty = it does not speak of rollouts. */
    rolloutEvents: z
      .array(z.enum(ROLLOUT_EVENT_KINDS))
      .max(ROLLOUT_EVENT_KINDS.length)
      .default(() => [...USUAL_ROLLOUT_EVENTS])
      .transform(unique),
    channels: z.array(z.enum(NOTIFICATION_CHANNELS)).min(1, "Choose at least one way to be told").transform(unique),
    /** Only if nobody has acknowledged, or done something about the rollout, by then: the rule is an escalation. */
    delayMinutes: z.number("Minutes, 0 for at once").int().min(0).max(MAX_DELAY_MINUTES, "At most a day (1440 minutes)").default(0),
    /** In the person's zone. The end may be before the start: over midnight. */
    quietFromMinute: minuteOfDay.default(null),
    quietUntilMinute: minuteOfDay.default(null),
    digestMinute: minuteOfDay.default(null),
    criticalAtOnce: z.boolean().default(true),
    tellWhenOver: z.boolean().default(false),
    timeZone: z.string().refine(isTimeZone, "Choose an IANA time zone, for example Europe/Berlin"),
  })
  .superRefine(({ aboutAlerts, rolloutEvents, quietFromMinute, quietUntilMinute }, context) => {
    if (!aboutAlerts && rolloutEvents.length === 0) {
      context.addIssue({ code: "custom", path: ["rolloutEvents"], message: "Choose alerts, or what to be told of rollouts" });
    }
    if ((quietFromMinute === null) !== (quietUntilMinute === null)) {
      const path = quietFromMinute === null ? "quietFromMinute" : "quietUntilMinute";
      context.addIssue({ code: "custom", path: [path], message: "Quiet hours need both a start and an end" });
    } else if (quietFromMinute !== null && quietFromMinute === quietUntilMinute) {
      context.addIssue({ code: "custom", path: ["quietUntilMinute"], message: "Must differ from the start" });
    }
  });
export type NotificationRuleInput = z.output<typeof notificationRuleSchema>;

/** Without an id it is a new one; `version` is the one that was read. */
export const saveNotificationRuleSchema = z.object({
  id: z.uuid().optional(),
  version: z.number().int().nonnegative().default(0),
  rule: notificationRuleSchema,
});

export const notificationRuleIdSchema = z.object({ id: z.uuid() });

/** What the caller was told, the newest first. */
export const listNotificationsSchema = z.object({
  channel: z.enum(NOTIFICATION_CHANNELS).optional(),
  states: z.array(z.enum(NOTIFICATION_STATES)).default([]),
  cursor: z.string().max(200).nullish(),
  pageSize: z.number().int().min(1).max(200).default(50),
});

export const notificationsOfAlertSchema = z.object({ alertId: z.uuid() });
