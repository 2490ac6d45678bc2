import { type NotificationRuleInput, USUAL_ROLLOUT_EVENTS } from "@/server/domain/notifications/schema";
import { ROLLOUT_EVENT_KINDS } from "@/server/domain/rollouts/vocabulary";

/** A rule as it goes into the dialog: one that is kept already, or a new one. */
export type RuleDraft = NotificationRuleInput & { id?: string; version?: number };

const OWN: RuleDraft = {
  name: "",
  enabled: true,
  farmIds: [],
  aboutAlerts: true,
  minSeverity: "warning",
  types: [],
  rolloutEvents: USUAL_ROLLOUT_EVENTS,
  channels: ["in_app"],
  delayMinutes: 0,
  quietFromMinute: null,
  quietUntilMinute: null,
  digestMinute: null,
  criticalAtOnce: true,
  tellWhenOver: false,
  timeZone: "",
};

const NIGHT = { quietFromMinute: 21 * 60, quietUntilMinute: 5 * 60 };

/** To begin with. An empty time zone becomes the browser's. */
export const RULE_PRESETS = {
  own: OWN,
  urgent: { ...OWN, name: "Urgent", minSeverity: "critical", channels: ["email", "browser", "in_app"], tellWhenOver: true },
  escalation: {
    ...OWN,
    name: "When nobody reacts",
    minSeverity: "critical",
    channels: ["email"],
    delayMinutes: 30,
    rolloutEvents: ["paused", "awaiting_approval"],
  },
  digest: {
    ...OWN,
    ...NIGHT,
    name: "Each morning",
    minSeverity: "low",
    rolloutEvents: [...ROLLOUT_EVENT_KINDS],
    channels: ["email"],
    digestMinute: 6 * 60,
    criticalAtOnce: false,
  },
} satisfies Record<string, RuleDraft>;
