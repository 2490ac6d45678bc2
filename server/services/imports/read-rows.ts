import type { Database } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { ImportField } from "@/server/domain/imports/fields";
import { type FileRow, ImportReader } from "@/server/domain/imports/import-reader";
import { pickCells } from "@/server/domain/imports/read-cells";
import type { ImportRules } from "@/server/domain/imports/rules";
import { readKeptFile } from "./file-store";
import { judgeRows, type PickedRow } from "./judge-rows";
import { countVerdicts, farmIdsOf, insertRows } from "./stage-rows";
import { mappingOf } from "./views";

const FORGOTTEN_AT_ONCE = 5_000;
const TIMEOUT_MS = 30_000;

/** Another process has gone on with this import. */
export class LostImport extends Error {}

/** A file that is read batch by batch, from wherever its import stands. */
export class ReadingFile {
  readonly #pieces: AsyncIterator<FileRow[]>;
  #waiting: FileRow[] = [];
  #isThrough = false;
  readonly job: ImportJob;
  /** Row up to which it has been staged. */
  position: number;

  constructor(job: ImportJob) {
    this.job = job;
    this.position = job.totalRows;
    this.#pieces = piecesOf(job.fileSha256, job.totalRows);
  }

  /** So many rows, fewer at the end, none after it. @throws ImportFileError */
  async next(most: number): Promise<FileRow[]> {
    while (this.#waiting.length < most && !this.#isThrough) {
      const piece = await this.#pieces.next();
      if (piece.done) this.#isThrough = true;
      else this.#waiting.push(...piece.value);
    }
    const rows = this.#waiting.slice(0, most);
    this.#waiting = this.#waiting.slice(most);
    return rows;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** The rows after one, as the file's pieces bring them. */
async function* piecesOf(sha256: string, after: number): AsyncGenerator<FileRow[], undefined> {
  const reader = new ImportReader();
  for await (const chunk of readKeptFile(sha256)) yield reader.push(chunk).filter(({ number }) => number > after);
  yield reader.end().filter(({ number }) => number > after);
  return undefined;
}

/**
 * Judges and stages the next rows of a file in one transaction.
 * @returns whether there may be more
 * @throws LostImport when another process has staged rows since
 */
export async function readBatch(db: Database, file: ReadingFile, { rules, most }: { rules: ImportRules; most: number }): Promise<boolean> {
  const rows = await file.next(most);
  if (rows.length === 0) return false;
  const { id } = file.job;
  const mapping = mappingOf(file.job);
  const picked = await withMendedCells(
    db,
    id,
    rows.map((row) => ({ rowNo: row.number, line: row.line, ...pickCells(row, mapping) })),
  );
  await inTransaction(
    db,
    async (tx) => {
      const judged = await judgeRows(tx, { importId: id, rules, columns: mapping.length }, picked);
      const counts = countVerdicts(judged);
      // Loses to whoever has read these rows meanwhile, and to other settings.
      const moved = await tx.$executeRaw`
        UPDATE import_job SET total_rows = total_rows + ${rows.length}::int, create_rows = create_rows + ${counts.create}::int,
          update_rows = update_rows + ${counts.update}::int, unchanged_rows = unchanged_rows + ${counts.unchanged}::int,
          skip_rows = skip_rows + ${counts.skip}::int, error_rows = error_rows + ${counts.error}::int, worked_at = now(),
          farm_ids = (SELECT coalesce(array_agg(DISTINCT farm), '{}') FROM unnest(farm_ids || ${farmIdsOf(judged)}::uuid[]) AS farm)
        WHERE id = ${id}::uuid AND state = 'reading' AND cursor = 0 AND total_rows = ${file.position}::int`;
      if (moved === 0) throw new LostImport();
      await insertRows(tx, id, judged);
    },
    { timeout: TIMEOUT_MS },
  );
  file.position += rows.length;
  return true;
}

/** Cells that somebody corrected in the preview stand in for those of the file. */
async function withMendedCells(db: Database, importId: string, rows: PickedRow[]): Promise<PickedRow[]> {
  const [first, last] = [rows[0]?.rowNo ?? 0, rows.at(-1)?.rowNo ?? 0];
  const mended = await db.importMendedCell.findMany({ where: { importId, rowNo: { gte: first, lte: last } } });
  if (mended.length === 0) return rows;
  const byRow = new Map(rows.map((row) => [row.rowNo, row]));
  for (const { rowNo, field, value } of mended) {
    const cells = byRow.get(rowNo)?.cells;
    if (!cells) continue;
    if (value === "") delete cells[field as ImportField];
    else cells[field as ImportField] = value;
  }
  return rows;
}

/** Forgets some rows of a former check. @returns whether there may be more */
export async function forgetRows(db: Database, job: ImportJob): Promise<boolean> {
  if (job.cursor === 0) return false;
  const keep = Math.max(0, job.cursor - FORGOTTEN_AT_ONCE);
  await inTransaction(db, async (tx) => {
    await tx.importRow.deleteMany({ where: { importId: job.id, rowNo: { gt: keep } } });
    await tx.importJob.updateMany({ where: { id: job.id, state: "reading", cursor: job.cursor }, data: { cursor: keep } });
  });
  return true;
}
