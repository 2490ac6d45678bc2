import {
  ROLLOUT_EVENT_SEVERITIES,
  rolloutEventMessage,
  rolloutEventNextStep,
  rolloutEventTitle,
  type RolloutEventFacts,
} from "../rollouts/describe-event";
import type { LetterItem } from "./letter";

/** An event of a rollout that somebody is told of. */
export interface MailedRolloutEvent extends RolloutEventFacts {
  eventId: string;
  rolloutId: string;
  name: string;
  at: Date;
}

/** What happened to which rollout, when, what probably helps, and where to read on. */
export function rolloutItem(event: MailedRolloutEvent): LetterItem {
  const { eventId, rolloutId, name, kind, at, stands } = event;
  const severity = ROLLOUT_EVENT_SEVERITIES[kind];
  const nextStep = rolloutEventNextStep(event);
  return {
    about: "rollout",
    id: eventId,
    severity,
    isCritical: severity === "critical" && stands,
    subject: `${rolloutEventTitle(event)}: ${name}`,
    lines: (clock) => [
      `${rolloutEventTitle(event)}: ${name}: ${rolloutEventMessage(event)}`,
      `At: ${clock(at)}`,
      ...(nextStep ? [`Likely next step: ${nextStep}`] : []),
    ],
    path: `/rollouts/${rolloutId}`,
  };
}
