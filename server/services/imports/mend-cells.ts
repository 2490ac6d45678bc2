import type { Transaction } from "@/server/db/client";
import { Prisma, type ImportJob } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { RowCells } from "@/server/domain/imports/read-cells";
import { mendCellsSchema } from "@/server/domain/imports/schema";
import { IMPORT_VERDICTS, type ImportVerdict } from "@/server/domain/imports/vocabulary";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { judgeRows, type JudgedRow, type PickedRow } from "./judge-rows";
import { loadRules } from "./load-rules";
import { previewHash } from "./preview-hash";
import { requireImport } from "./require-import";
import { Rights } from "./rights";
import { updateRows } from "./stage-rows";
import { toImportView, type ImportView } from "./views";

/** A value that so many rows repeat is mended in the file. */
const MOST_AFFECTED = 2_000;

/**
 * Corrects cells in the preview and judges their rows anew, and those that claimed the same ID, MAC address or serial
 * number before or after. The file on the disk stays as it is; what was mended is part of the preview's hash.
 * @throws conflict unless the preview is at rest, invalid_input for a row that there is not
 */
export async function mendCells({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ImportView> {
  const { id, cells } = parseInput(mendCellsSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM import_job WHERE id = ${id}::uuid FOR UPDATE`;
    const job = await requireImport(tx, ctx.actor, id);
    if (job.state !== "ready") throw new AppError("conflict", "Cells are mended in a finished preview, before it is imported.");
    const rows = await pick(tx, id, Prisma.sql`row_no = ANY(${cells.map(({ row }) => row)}::int[])`);
    const byNumber = new Map(rows.map((row) => [row.rowNo, row]));
    for (const { row, field, value } of cells) {
      const found = byNumber.get(row);
      if (!found) throw new AppError("invalid_input", `The file has no row ${row}.`);
      const trimmed = value.trim();
      if (trimmed === "") delete found.cells[field];
      else found.cells[field] = trimmed;
    }
    await remember(tx, id, cells);
    await judgeAnew(tx, ctx, job, rows);
    return toImportView(await tx.importJob.findUniqueOrThrow({ where: { id } }), ctx.now);
  });
}

async function remember(tx: Transaction, id: string, cells: readonly { row: number; field: string; value: string }[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_mended_cell (import_id, row_no, field, value)
    SELECT DISTINCT ON (row_no, field) ${id}::uuid, row_no, field, value
    FROM unnest(${cells.map(({ row }) => row)}::int[], ${cells.map(({ field }) => field)}::text[], ${cells.map(({ value }) => value.trim())}::text[])
      WITH ORDINALITY AS c(row_no, field, value, at) ORDER BY row_no, field, at DESC
    ON CONFLICT (import_id, row_no, field) DO UPDATE SET value = excluded.value`;
}

type Claimed = Pick<JudgedRow, "device_id" | "mac_address" | "serial_key">;

async function judgeAnew(tx: Transaction, ctx: ServiceContext, job: ImportJob, rows: readonly PickedRow[]): Promise<void> {
  const rules = await loadRules(tx, job, await Rights.of(tx, job), ctx.now);
  const scope = { importId: job.id, rules, columns: job.header.length };
  const numbers = rows.map(({ rowNo }) => rowNo);
  const former = await tx.$queryRaw<Claimed[]>`
    SELECT device_id, mac_address, serial_key FROM import_row WHERE import_id = ${job.id}::uuid AND row_no = ANY(${numbers}::int[])`;
  // First what they claim, so that the second look compares all rows by what they claim now.
  const first = await judgeRows(tx, scope, rows);
  await updateRows(tx, job.id, first);
  const claims = [...former, ...first];
  const of = (key: keyof Claimed) => [...new Set(claims.flatMap((claimed) => claimed[key] ?? []))];
  const affected = await pick(
    tx,
    job.id,
    Prisma.sql`(row_no = ANY(${numbers}::int[]) OR device_id = ANY(${of("device_id")}::text[])
      OR mac_address = ANY(${of("mac_address")}::text[]) OR serial_key = ANY(${of("serial_key")}::text[]))`,
  );
  if (affected.length > MOST_AFFECTED)
    throw new AppError("conflict", "Too many rows repeat this value. Correct the file, and choose it again.");
  await updateRows(tx, job.id, await judgeRows(tx, scope, affected));
  await recount(tx, job);
}

async function pick(tx: Transaction, id: string, where: Prisma.Sql): Promise<PickedRow[]> {
  return tx.$queryRaw<(PickedRow & { cells: RowCells })[]>`
    SELECT row_no AS "rowNo", line, cells, surplus_cells AS "surplusCells" FROM import_row
    WHERE import_id = ${id}::uuid AND ${where} ORDER BY row_no LIMIT ${MOST_AFFECTED + 1}`;
}

async function recount(tx: Transaction, job: ImportJob): Promise<void> {
  const rows = await tx.$queryRaw<{ verdict: ImportVerdict; count: number }[]>`
    SELECT verdict::text AS verdict, count(*)::int AS count FROM import_row WHERE import_id = ${job.id}::uuid GROUP BY verdict`;
  const farms = await tx.$queryRaw<{ farm_id: string }[]>`
    SELECT DISTINCT coalesce(("values"->>'farm_id')::uuid, d.farm_id) AS farm_id
    FROM import_row r LEFT JOIN device d ON d.id = r.device_key AND r.verdict = 'update'
    WHERE r.import_id = ${job.id}::uuid AND r.verdict IN ('create', 'update')`;
  const counts = Object.fromEntries(
    IMPORT_VERDICTS.map((verdict) => [verdict, rows.find((row) => row.verdict === verdict)?.count ?? 0]),
  ) as Record<ImportVerdict, number>;
  await tx.importJob.update({
    where: { id: job.id },
    data: {
      createRows: counts.create,
      updateRows: counts.update,
      unchangedRows: counts.unchanged,
      skipRows: counts.skip,
      errorRows: counts.error,
      farmIds: farms.map(({ farm_id }) => farm_id),
      previewHash: await previewHash(tx, job),
    },
  });
  await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [job.id] });
}
