import type { Tone } from "@/components/ui/tone";
import type { JobState } from "@/server/domain/system/job-state";
import type { ProcessKind } from "@/server/domain/system/process-facts";
import type { DoomedKind } from "@/server/services/retention/preview-retention";
import type { Backlog } from "@/server/services/system/read-backlog";
import type { StoredKind } from "@/server/services/system/get-storage";

export const JOB_STATES: Record<JobState, { label: string; tone: Tone }> = {
  never: { label: "Never run", tone: "unknown" },
  running: { label: "Running", tone: "info" },
  done: { label: "Done", tone: "healthy" },
  failed: { label: "Failed", tone: "critical" },
  cut_off: { label: "Cut off", tone: "warning" },
  late: { label: "Late", tone: "critical" },
};

export const PROCESS_LABELS: Record<ProcessKind, string> = { web: "Web", worker: "Worker", broker: "Embedded broker" };

export const STORED_LABELS: Record<StoredKind, string> = {
  database: "Embedded database",
  firmware: "Firmware files",
  imports: "Imported files",
  backups: "Backups",
  other: "Other",
};

export const BACKLOG_FACTS: Record<Backlog["what"], { label: string; about: string }> = {
  changes: { label: "Change feed", about: "Changes for open screens; forgotten after ten minutes" },
  commands: { label: "Commands", about: "Due, until their device answers" },
  notifications: { label: "Notifications", about: "Due and not sent yet" },
  webhooks: { label: "Webhook messages", about: "Due, for endpoints that are on" },
  imports: { label: "Imports", about: "Being read, written or undone" },
};

export const DOOMED_NOUNS: Record<DoomedKind, [one: string, many: string]> = {
  samples: ["hour of a device’s health history", "hours of devices’ health history"],
  fleetSamples: ["hour of the fleet’s health history", "hours of the fleet’s health history"],
  notifications: ["notification", "notifications"],
  webhooks: ["webhook message", "webhook messages"],
  alerts: ["resolved alert", "resolved alerts"],
  commands: ["finished command", "finished commands"],
  diagnostics: ["finished diagnostic", "finished diagnostics"],
  imports: ["finished import", "finished imports"],
  unusedImports: ["file that nobody imported", "files that nobody imported"],
  firmwareFiles: ["firmware file of no version", "firmware files of no version"],
};

/** `fieldActions` → `field actions` */
export function wordsOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a run did: `12 changed, 3 raised`; `undefined` = nothing. */
export function describeCounts(counts: Record<string, number>): string | undefined {
  const done = Object.entries(counts).filter(([, count]) => count > 0);
  return done.length > 0 ? done.map(([what, count]) => `${count.toLocaleString("en")} ${wordsOf(what)}`).join(", ") : undefined;
}

/** `34 ms`, `2.4 s` */
export function formatMs(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
