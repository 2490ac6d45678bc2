import { createHash } from "node:crypto";
import { z } from "zod";
import { inTransaction } from "@/server/db/in-transaction";
import { ImportFileError } from "@/server/domain/imports/file-error";
import { ImportReader, type FileRow } from "@/server/domain/imports/import-reader";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { keepFile } from "./file-store";
import { requireImporter } from "./require-import";
import { toImportView, type ImportView } from "./views";

const SAMPLE_ROWS = 5;
const SAMPLE_LENGTH = 120;
const MAX_NAME = 200;

const receiveFileSchema = z.object({
  fileName: z.string().transform((name) => name.replace(/[^\p{L}\p{N} ._()+-]/gu, "_").slice(0, MAX_NAME) || "devices.csv"),
  /** Makes a repeated request harmless. */
  requestKey: z.string().max(255, "Idempotency-Key may have at most 255 characters").nullish(),
});

/**
 * Takes a file of devices in as it comes: it is read once from end to end, kept under its SHA-256, and becomes an import
 * that waits to be told what its columns hold. Nothing larger than a piece is in memory.
 * @throws invalid_input at `file` with what is wrong with the file as a whole; nothing of it is kept then
 */
export async function receiveFile({
  ctx,
  input,
  chunks,
}: {
  ctx: ServiceContext;
  input: unknown;
  chunks: AsyncIterable<Uint8Array>;
}): Promise<ImportView> {
  const user = requireImporter(ctx.actor);
  const { fileName, requestKey } = parseInput(receiveFileSchema, input);
  const key = requestKey ? createHash("sha256").update(`${user.userId}\n${requestKey}`).digest("hex") : null;
  const known = key && (await ctx.db.importJob.findUnique({ where: { requestKey: key } }));
  if (known) return toImportView(known, ctx.now);
  const look = new FirstLook();
  try {
    const { sha256, sizeBytes } = await keepFile(chunks, look);
    const data = {
      fileSha256: sha256,
      fileName,
      sizeBytes,
      createdById: user.userId,
      createdByName: user.name,
      createdByKeyId: user.kind === "api_key" ? user.keyId : null,
      createdAt: ctx.now,
      requestKey: key,
      delimiter: look.head.delimiter,
      header: look.head.header,
      sample: look.sample,
      fileRows: look.rows,
    };
    // The same request at the same moment: the second attempt finds the first one's import.
    const job = await inTransaction(
      ctx.db,
      async (tx) => (key && (await tx.importJob.findUnique({ where: { requestKey: key } }))) || (await tx.importJob.create({ data })),
    );
    return toImportView(job, ctx.now);
  } catch (error) {
    throw error instanceof ImportFileError ? fileRefusal(error) : error;
  }
}

/** Reads a file without keeping more of it than its beginning. */
class FirstLook {
  readonly #reader = new ImportReader();
  readonly sample: string[][] = [];
  rows = 0;

  get head() {
    const { head } = this.#reader;
    if (!head) throw new Error("the file has been read without a header");
    return head;
  }

  push(chunk: Uint8Array): void {
    this.#count(this.#reader.push(chunk));
  }

  end(): void {
    this.#count(this.#reader.end());
  }

  #count(rows: readonly FileRow[]): void {
    for (const row of rows) {
      if (this.sample.length >= SAMPLE_ROWS) break;
      this.sample.push(row.cells.map((cell) => cell.slice(0, SAMPLE_LENGTH)));
    }
    this.rows += rows.length;
  }
}

/** What is wrong with a file, as every transport says it. */
function fileRefusal(error: ImportFileError): AppError {
  const message = error.message.replace(
    /^(Line [\d,]+: )?(.)/,
    (_, line: string | undefined, first: string) => (line ?? "") + (line ? first : first.toUpperCase()),
  );
  return new AppError("invalid_input", message, { fields: { file: message }, cause: error });
}
