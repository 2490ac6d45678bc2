import { Activity, Cpu, Lightbulb, type LucideIcon, RotateCcw, SlidersHorizontal } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { CommandKind, CommandState } from "@/server/domain/commands/schema";

export const COMMAND_KIND_FACTS: Record<CommandKind, { label: string; icon: LucideIcon }> = {
  identify: { label: "Identify", icon: Lightbulb },
  restart: { label: "Restart", icon: RotateCcw },
  diagnostic: { label: "Diagnostic", icon: Activity },
  configure: { label: "Configure", icon: SlidersHorizontal },
  firmware_update: { label: "Firmware update", icon: Cpu },
};

export const COMMAND_STATE_FACTS: Record<CommandState, { label: string; tone: Tone }> = {
  queued: { label: "Queued", tone: "unknown" },
  sent: { label: "Sent", tone: "info" },
  acknowledged: { label: "Acknowledged", tone: "info" },
  succeeded: { label: "Done", tone: "healthy" },
  failed: { label: "Failed", tone: "critical" },
  expired: { label: "Expired", tone: "warning" },
  cancelled: { label: "Cancelled", tone: "unknown" },
};

/** 30 s, 3 min, 6 h, 1 d: a reporting interval. */
export function formatInterval(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
