import type { Tone } from "@/components/ui/tone";
import type { ImportState, ImportVerdict, UndoOutcome } from "@/server/domain/imports/vocabulary";

export const VERDICT_TONES: Record<ImportVerdict, Tone> = {
  create: "healthy",
  update: "info",
  unchanged: "unknown",
  skip: "unknown",
  error: "critical",
};

export const STATE_TONES: Record<ImportState, Tone> = {
  uploaded: "unknown",
  reading: "info",
  ready: "accent",
  importing: "info",
  done: "healthy",
  undoing: "info",
  undone: "unknown",
  failed: "critical",
};

export const UNDO_TONES: Record<UndoOutcome, Tone> = {
  removed: "unknown",
  restored: "healthy",
  partly_restored: "warning",
  kept: "warning",
};
