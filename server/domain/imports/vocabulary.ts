/** Specification Task 2.3 `import_mode`. */
export const IMPORT_MODES = ["create", "update", "create_update"] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];
export const IMPORT_MODE_FACTS: Record<ImportMode, { label: string; meaning: string }> = {
  create: { label: "Only new devices", meaning: "Devices that exist are left exactly as they are." },
  update: { label: "Only existing devices", meaning: "Cells that are filled in are taken over; nothing is registered." },
  create_update: { label: "New and existing devices", meaning: "Registers what is new, and takes filled-in cells over into the rest." },
};

export const ERROR_POLICIES = ["skip", "all_or_nothing"] as const;
export type ErrorPolicy = (typeof ERROR_POLICIES)[number];
export const ERROR_POLICY_FACTS: Record<ErrorPolicy, { label: string; meaning: string }> = {
  all_or_nothing: { label: "All or nothing", meaning: "One wrong row, and nothing is imported." },
  skip: { label: "Leave wrong rows out", meaning: "The rest is imported; wrong rows are listed." },
};

/** uploaded → reading → ready → importing → done → undoing → undone; failed from any of the working states. */
export const IMPORT_STATES = ["uploaded", "reading", "ready", "importing", "done", "undoing", "undone", "failed"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export const IMPORT_STATE_LABELS: Record<ImportState, string> = {
  uploaded: "Uploaded",
  reading: "Being checked",
  ready: "Checked",
  importing: "Importing",
  done: "Imported",
  undoing: "Being undone",
  undone: "Undone",
  failed: "Failed",
};

/** States in which the server works on an import. */
export const WORKING_STATES = ["reading", "importing", "undoing"] as const satisfies readonly ImportState[];

export function isWorking(state: ImportState): boolean {
  return (WORKING_STATES as readonly ImportState[]).includes(state);
}

export const IMPORT_VERDICTS = ["create", "update", "unchanged", "skip", "error"] as const;
export type ImportVerdict = (typeof IMPORT_VERDICTS)[number];
export const IMPORT_VERDICT_LABELS: Record<ImportVerdict, { planned: string; done: string }> = {
  create: { planned: "New", done: "Created" },
  update: { planned: "Change", done: "Updated" },
  unchanged: { planned: "Unchanged", done: "Unchanged" },
  skip: { planned: "Left out", done: "Left out" },
  error: { planned: "Error", done: "Error" },
};

/** What undoing an import did with one of its devices. */
export const UNDO_OUTCOMES = ["removed", "restored", "partly_restored", "kept"] as const;
export type UndoOutcome = (typeof UNDO_OUTCOMES)[number];
export const UNDO_OUTCOME_LABELS: Record<UndoOutcome, string> = {
  removed: "Removed",
  restored: "Restored",
  partly_restored: "Partly restored",
  kept: "Left as it is",
};
