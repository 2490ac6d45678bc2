import {
  Ban,
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  CloudDownload,
  Eye,
  HardDriveDownload,
  Hourglass,
  type LucideIcon,
  OctagonX,
  Pause,
  PencilLine,
  Power,
  RefreshCw,
  Send,
  TimerOff,
  Undo2,
  UserRoundCheck,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { FailurePolicy, RolloutState, StageState, TargetState } from "@/server/domain/rollouts/vocabulary";

interface StateFacts {
  label: string;
  tone: Tone;
  icon: LucideIcon;
}

export const ROLLOUT_STATE_FACTS: Record<RolloutState, StateFacts> = {
  draft: { label: "Draft", tone: "unknown", icon: PencilLine },
  scheduled: { label: "Scheduled", tone: "info", icon: CalendarClock },
  in_progress: { label: "In progress", tone: "accent", icon: RefreshCw },
  paused: { label: "Paused", tone: "warning", icon: Pause },
  completed: { label: "Completed", tone: "healthy", icon: CircleCheck },
  failed: { label: "Failed", tone: "critical", icon: CircleX },
  cancelled: { label: "Cancelled", tone: "unknown", icon: Ban },
};

const STAGE_STATE_FACTS: Record<StageState, StateFacts> = {
  waiting: { label: "Not begun", tone: "unknown", icon: CircleDashed },
  open: { label: "Under way", tone: "accent", icon: RefreshCw },
  soaking: { label: "Being watched", tone: "info", icon: Eye },
  awaiting_approval: { label: "Waits for approval", tone: "warning", icon: UserRoundCheck },
  done: { label: "Done", tone: "healthy", icon: CircleCheck },
};

/** How a stage stands: one that is open does not go on while its rollout stands still. */
export function stageFactsOf(rollout: RolloutState, stage: StageState): StateFacts {
  if (stage === "waiting" || stage === "done") return STAGE_STATE_FACTS[stage];
  if (rollout === "paused") return ROLLOUT_STATE_FACTS.paused;
  if (rollout === "failed" || rollout === "cancelled") return { label: "Stopped", tone: "unknown", icon: OctagonX };
  return STAGE_STATE_FACTS[stage];
}

export const TARGET_STATE_FACTS: Record<TargetState, StateFacts> = {
  pending: { label: "Waits its turn", tone: "unknown", icon: Clock },
  held: { label: "Held back", tone: "warning", icon: Hourglass },
  sent: { label: "Told", tone: "info", icon: Send },
  downloading: { label: "Downloading", tone: "info", icon: CloudDownload },
  downloaded: { label: "Downloaded", tone: "info", icon: CloudDownload },
  installing: { label: "Installing", tone: "info", icon: HardDriveDownload },
  verifying: { label: "Restarting", tone: "info", icon: Power },
  completed: { label: "Done", tone: "healthy", icon: CircleCheck },
  failed: { label: "Failed", tone: "critical", icon: CircleX },
  rolled_back: { label: "Went back by itself", tone: "critical", icon: Undo2 },
  timed_out: { label: "Fell silent", tone: "critical", icon: TimerOff },
  skipped: { label: "Left out", tone: "unknown", icon: CircleSlash },
  cancelled: { label: "Called off", tone: "unknown", icon: Ban },
};

export const FAILURE_POLICY_FACTS: Record<FailurePolicy, { label: string; description: string }> = {
  pause: { label: "Pause", description: "Nobody else is told. Somebody looks, and decides." },
  rollback_stage: { label: "Pause and send the stage back", description: "What this stage has updated goes back to what it ran before." },
  rollback_all: { label: "End and send everything back", description: "The rollout is over; all it has updated goes back." },
};
