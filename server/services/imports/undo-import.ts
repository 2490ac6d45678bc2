import type { Database } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { importIdSchema } from "@/server/domain/imports/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { authorOf, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { requireImport } from "./require-import";
import { toImportView, type ImportView } from "./views";

/** What undoing an import would do, before somebody does it. */
export interface UndoOutlook {
  /** Created devices that would be removed. */
  removable: number;
  /** Created devices that have connected or otherwise gone on, and stay. */
  staying: number;
  /** Devices whose changed cells would be restored, where nobody has changed them since. */
  updated: number;
}

/** @throws not_found */
export async function getUndoOutlook({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<UndoOutlook> {
  const { id } = parseInput(importIdSchema, input);
  const job = await requireImport(ctx.db, ctx.actor, id);
  const [row] = await ctx.db.$queryRaw<{ removable: number; created: number }[]>`
    SELECT count(*)::int AS created, count(*) FILTER (WHERE d.first_connected_at IS NULL AND d.lifecycle <> 'decommissioned')::int AS removable
    FROM import_row r JOIN device d ON d.id = r.device_key
    WHERE r.import_id = ${id}::uuid AND r.verdict = 'create' AND r.failure IS NULL`;
  const removable = row?.removable ?? 0;
  return { removable, staying: (row?.created ?? 0) - removable, updated: job.updatedCount };
}

/**
 * Takes an import back in the background: devices it registered are removed when they never connected, cells it changed
 * are restored where nobody has changed them since; what stays is listed.
 * @throws conflict unless it is through and not undone yet
 */
export async function undoImport({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ImportView> {
  const { id } = parseInput(importIdSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const job = await requireImport(tx, ctx.actor, id);
    for (const farmId of job.farmIds) requireFarmPermission(ctx.actor, farmId, "device.provision");
    const { count } = await tx.importJob.updateMany({
      where: { id, state: "done" },
      data: { state: "undoing", cursor: job.fileRows + 1, undoneById: authorOf(ctx.actor), workedAt: ctx.now },
    });
    if (count === 0) throw new AppError("conflict", "Only an import that has been carried out can be undone, once.");
    // Passwords of devices that are about to go.
    await tx.importSecret.deleteMany({ where: { importId: id } });
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [id] });
    await recordAudit(
      tx,
      ctx,
      job.farmIds.map((farmId) => ({
        action: "import.undone",
        subjectType: "import",
        subjectId: id,
        farmId,
        after: { fileName: job.fileName },
      })),
    );
    return toImportView(await tx.importJob.findUniqueOrThrow({ where: { id } }), ctx.now);
  });
}

/** An import that is all or nothing met what nobody could foresee: what is written already is taken back. */
export async function takeBack(db: Database, id: string, reason: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Read anew: the batch before the one that broke has gone through meanwhile.
    const job = await tx.importJob.findUniqueOrThrow({ where: { id } });
    const isUntouched = job.createdCount + job.updatedCount === 0;
    await tx.importJob.updateMany({
      where: { id, state: "importing" },
      data: {
        state: isUntouched ? "failed" : "undoing",
        cursor: job.cursor + 1,
        failure: `${reason}. You chose all or nothing, so nothing of the file is imported.`,
      },
    });
    await tx.importSecret.deleteMany({ where: { importId: id } });
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [id] });
  });
}
