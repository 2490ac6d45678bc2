import { CircleCheck, CircleX, type LucideIcon, Pause, UserRoundCheck } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type {
  NotificationChannel,
  NotificationDropReason,
  NotificationKind,
  NotificationState,
} from "@/server/domain/notifications/vocabulary";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";

export const CHANNEL_LABELS: Record<NotificationChannel, string> = {
  email: "E-mail",
  browser: "Browser",
  in_app: "Console",
};

export const CHANNEL_HINTS: Record<NotificationChannel, string> = {
  email: "One message about everything that is due, at most every half minute.",
  browser: "Shown by this and every other browser you allow it in, while the console is open in a tab.",
  in_app: "In the list on this page, with a number in the menu.",
};

export const KIND_LABELS: Record<NotificationKind, string> = { raised: "Began", worsened: "Got worse", over: "Over" };

/** As a rule names them. */
export const ROLLOUT_EVENT_LABELS: Record<RolloutEventKind, string> = {
  paused: "Paused by its rules",
  failed: "Failed or sent back",
  awaiting_approval: "Waits for approval",
  completed: "Completed",
};

export const ROLLOUT_EVENT_ICONS: Record<RolloutEventKind, LucideIcon> = {
  paused: Pause,
  failed: CircleX,
  awaiting_approval: UserRoundCheck,
  completed: CircleCheck,
};

export const ROLLOUT_EVENT_TONES: Record<RolloutEventKind, Tone> = {
  paused: "warning",
  failed: "critical",
  awaiting_approval: "warning",
  completed: "healthy",
};

export const STATE_LABELS: Record<NotificationState, string> = {
  waiting: "Waiting",
  sending: "Being sent",
  sent: "Sent",
  failed: "Failed",
  dropped: "Not sent",
};

export const STATE_TONES: Record<NotificationState, Tone> = {
  waiting: "info",
  sending: "info",
  sent: "healthy",
  failed: "critical",
  dropped: "unknown",
};

/** Why it was not sent. */
export const DROP_LABELS: Record<NotificationDropReason, string> = {
  acknowledged: "somebody had acknowledged it",
  snoozed: "it was snoozed",
  over: "it was over by then",
  grouped: "a group alert spoke for it",
  flapping: "it comes and goes, and was told before",
  not_allowed: "no access to the farm any more",
  not_shown: "no console was open to show it",
};
