import type { Database } from "@/server/db/client";
import { importIdSchema } from "@/server/domain/imports/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { requireImport } from "./require-import";

const AT_ONCE = 5_000;

/**
 * Forgets a file that was not imported.
 * @throws conflict once it has written to devices, or while it is being read
 */
export async function discardImport({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id } = parseInput(importIdSchema, input);
  const job = await requireImport(ctx.db, ctx.actor, id);
  // Loses to a commit and to a check that begin at this moment.
  const { count } = await ctx.db.importJob.updateMany({
    where: { id, committedAt: null, state: { in: ["uploaded", "ready", "failed"] } },
    data: { state: "failed", failure: "Put aside" },
  });
  if (count === 0) throw new AppError("conflict", "Only a file that is not being read and was not imported can be put aside.");
  await forgetImport(ctx.db, id, job.totalRows + job.cursor);
}

/** Removes an import with its rows, some at a time: nobody waits for a million. */
export async function forgetImport(db: Database, id: string, rows: number): Promise<void> {
  for (let from = rows; from > 0; from -= AT_ONCE)
    await db.importRow.deleteMany({ where: { importId: id, rowNo: { gt: from - AT_ONCE } } });
  await db.importJob.deleteMany({ where: { id, state: { in: ["uploaded", "ready", "failed", "done", "undone"] } } });
}
