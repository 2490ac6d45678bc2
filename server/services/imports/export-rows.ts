import type { ImportJob } from "@/server/db/generated/client";
import { z } from "zod";
import { csvLines } from "@/server/domain/imports/csv-text";
import { IMPORT_FIELDS } from "@/server/domain/imports/fields";
import { changeLabel } from "@/server/domain/imports/change-label";
import { IMPORT_VERDICT_LABELS, UNDO_OUTCOME_LABELS } from "@/server/domain/imports/vocabulary";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { type ImportRowView, readRows } from "./list-rows";
import { requireImport } from "./require-import";
import { mappingOf } from "./views";

const CHUNK = 1_000;

const exportRowsSchema = z.object({
  id: z.uuid(),
  /** "errors": what has to be mended, to be imported again. */
  only: z.enum(["errors"]).nullish(),
});

/**
 * The rows of an import as CSV, with what becomes or became of each, a chunk at a time. The columns of the file come
 * first, so that mended errors can be imported as they are; text that a spreadsheet would run is disarmed.
 */
export async function exportImportRows({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  const { id, only } = parseInput(exportRowsSchema, input);
  const job = await requireImport(ctx.db, ctx.actor, id);
  const stem = job.fileName.replace(/\.[^.]*$/, "").replace(/[^A-Za-z0-9_-]+/g, "_");
  return { fileName: `${stem || "devices"}_${only ?? "result"}.csv`, lines: linesOf(ctx, job, only === "errors") };
}

async function* linesOf(ctx: ServiceContext, job: ImportJob, onlyErrors: boolean): AsyncGenerator<string> {
  const mapping = mappingOf(job);
  const fields = IMPORT_FIELDS.filter((field) => mapping.includes(field));
  const isUndone = job.undoneAt !== null;
  yield csvLines([[...fields, "import_row", "import_outcome", "import_detail", ...(isUndone ? ["undo_outcome", "undo_detail"] : [])]], {
    withMark: true,
  });
  let after = 0;
  for (;;) {
    const rows = await readRows(ctx.db, { id: job.id, verdicts: onlyErrors ? ["error"] : [], after, limit: CHUNK });
    if (rows.length > 0) {
      yield csvLines(
        rows.map((row) => [
          ...fields.map((field) => row.cells[field] ?? ""),
          row.row,
          IMPORT_VERDICT_LABELS[row.verdict][job.committedAt && job.failure === null ? "done" : "planned"],
          detailOf(row),
          ...(isUndone ? [row.undo ? UNDO_OUTCOME_LABELS[row.undo.outcome] : "", row.undo?.notes.join("; ") ?? ""] : []),
        ]),
      );
    }
    if (rows.length < CHUNK) return;
    after = rows.at(-1)?.row ?? after;
  }
}

function detailOf({ verdict, issues, changes, reason }: ImportRowView): string {
  if (verdict === "error")
    return issues.map((issue) => `${issue.field ? `${changeLabel(issue.field)}: ` : ""}${issue.reason}. ${issue.mend}.`).join(" ");
  if (verdict === "update")
    return changes.map(({ field, before, after }) => `${changeLabel(field)}: ${before ?? "empty"} → ${after ?? "empty"}`).join("; ");
  return reason ?? "";
}
