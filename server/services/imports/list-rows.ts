import type { Database } from "@/server/db/client";
import type { ImportRow } from "@/server/db/generated/client";
import type { CellChange } from "@/server/domain/imports/judge-row";
import type { Issue, RowCells } from "@/server/domain/imports/read-cells";
import { importRowsSchema } from "@/server/domain/imports/schema";
import type { ImportVerdict, UndoOutcome } from "@/server/domain/imports/vocabulary";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { requireImport } from "./require-import";

/** A row of the file with what becomes, or became, of it. */
export interface ImportRowView {
  row: number;
  line: number;
  /** Filled-in cells as they stand, mended ones among them. */
  cells: RowCells;
  deviceId: string | null;
  /** Of the preview; an error also when the row could not be written after all. */
  verdict: ImportVerdict;
  changes: CellChange[];
  issues: Issue[];
  /** Why it is left out. */
  reason: string | null;
  undo: { outcome: UndoOutcome; notes: string[] } | null;
}

/** Rows by their number, all or those with some verdicts. */
export async function listImportRows({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ rows: ImportRowView[]; nextCursor: number | null }> {
  const { id, verdicts, cursor, limit } = parseInput(importRowsSchema, input);
  await requireImport(ctx.db, ctx.actor, id);
  const rows = await readRows(ctx.db, { id, verdicts, after: cursor ?? 0, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.row ?? null) : null };
}

interface RowQuery {
  id: string;
  verdicts: readonly ImportVerdict[];
  /** Row after which to begin. */
  after: number;
  limit: number;
}

export async function readRows(db: Database, { id, verdicts, after, limit }: RowQuery): Promise<ImportRowView[]> {
  const failed = verdicts.includes("error") ? [{ failure: { not: null } }] : [];
  const rows = await db.importRow.findMany({
    where: {
      importId: id,
      rowNo: { gt: after },
      ...(verdicts.length > 0
        ? { OR: [{ verdict: { in: [...verdicts] }, ...(failed.length > 0 ? {} : { failure: null }) }, ...failed] }
        : {}),
    },
    orderBy: { rowNo: "asc" },
    take: limit,
  });
  return rows.map(toRowView);
}

function toRowView(row: ImportRow): ImportRowView {
  const failure: Issue[] =
    row.failure === null ? [] : [{ field: null, reason: row.failure, mend: "Look at the device, then import the row again" }];
  return {
    row: row.rowNo,
    line: row.line,
    cells: row.cells as RowCells,
    deviceId: row.deviceId,
    verdict: row.failure === null ? row.verdict : "error",
    changes: (row.changes as CellChange[] | null) ?? [],
    issues: [...((row.issues as Issue[] | null) ?? []), ...failure],
    reason: row.reason,
    undo: row.undoOutcome && { outcome: row.undoOutcome, notes: row.undoNotes },
  };
}
