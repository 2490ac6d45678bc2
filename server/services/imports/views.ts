import type { ImportJob } from "@/server/db/generated/client";
import type { ImportField } from "@/server/domain/imports/fields";
import type { ColumnMapping } from "@/server/domain/imports/match-columns";
import type { ImportSettings } from "@/server/domain/imports/schema";
import type { ImportState, ImportVerdict } from "@/server/domain/imports/vocabulary";

/** How long passwords wait to be fetched. */
export const CREDENTIALS_KEPT_HOURS = 72;

/** An import as screens and integrators see it. */
export interface ImportView {
  id: string;
  fileName: string;
  fileSha256: string;
  sizeBytes: number;
  delimiter: string;
  header: string[];
  /** The first rows of the file. */
  sample: string[][];
  mapping: ColumnMapping;
  settings: ImportSettings;
  state: ImportState;
  failure: string | null;
  previewHash: string | null;
  /** Rows in the file. */
  total: number;
  /** Rows by what the check says; they add up to `total` once it is through. */
  verdicts: Record<ImportVerdict, number>;
  /** Part of the work at hand that is done, 0 to 1. */
  progress: number;
  result: { created: number; updated: number; unchanged: number; skipped: number; errors: number };
  undo: { removed: number; restored: number; kept: number };
  credentials: "none" | "waiting" | "taken" | "expired";
  createdAt: Date;
  createdByName: string;
  committedAt: Date | null;
  finishedAt: Date | null;
  undoneAt: Date | null;
}

export function toImportView(job: ImportJob, now: Date): ImportView {
  const { mode, onError, defaultFarmId, issueCredentials } = job;
  return {
    id: job.id,
    fileName: job.fileName,
    fileSha256: job.fileSha256,
    sizeBytes: job.sizeBytes,
    delimiter: job.delimiter,
    header: job.header,
    sample: job.sample as string[][],
    mapping: mappingOf(job),
    settings: { mode, onError, defaultFarmId, issueCredentials },
    state: job.state,
    failure: job.failure,
    previewHash: job.previewHash,
    total: job.fileRows,
    verdicts: {
      create: job.createRows,
      update: job.updateRows,
      unchanged: job.unchangedRows,
      skip: job.skipRows,
      error: job.errorRows,
    },
    progress: progressOf(job),
    result: {
      // What was taken back is not there.
      created: job.failure === null ? job.createdCount : 0,
      updated: job.failure === null ? job.updatedCount : 0,
      unchanged: job.unchangedRows,
      skipped: job.skipRows,
      errors: job.errorRows + job.failedCount,
    },
    undo: { removed: job.removedCount, restored: job.restoredCount, kept: job.keptCount },
    credentials: credentialsOf(job, now),
    createdAt: job.createdAt,
    createdByName: job.createdByName,
    committedAt: job.committedAt,
    finishedAt: job.finishedAt,
    undoneAt: job.undoneAt,
  };
}

export function mappingOf({ mapping }: Pick<ImportJob, "mapping">): ColumnMapping {
  return mapping.map((field) => (field === "" ? null : (field as ImportField)));
}

function progressOf({ state, totalRows, fileRows, cursor }: ImportJob): number {
  if (state === "reading") return totalRows / Math.max(1, fileRows);
  if (state === "importing") return cursor / Math.max(1, fileRows);
  if (state === "undoing") return Math.min(1, 1 - (cursor - 1) / Math.max(1, fileRows));
  return state === "uploaded" ? 0 : 1;
}

function credentialsOf(
  { issueCredentials, createdCount, credentialsTakenAt, committedAt }: ImportJob,
  now: Date,
): ImportView["credentials"] {
  if (!issueCredentials || createdCount === 0 || !committedAt) return "none";
  if (credentialsTakenAt) return "taken";
  return now.getTime() - committedAt.getTime() > CREDENTIALS_KEPT_HOURS * 3_600_000 ? "expired" : "waiting";
}
