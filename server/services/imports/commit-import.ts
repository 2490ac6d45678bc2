import { inTransaction } from "@/server/db/in-transaction";
import type { ImportJob } from "@/server/db/generated/client";
import { commitImportSchema } from "@/server/domain/imports/schema";
import { AppError } from "@/server/errors";
import { recordAudit, type AuditEntry } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { requireImport } from "./require-import";
import { toImportView, type ImportView } from "./views";

/**
 * Has exactly what the preview showed imported, in the background. A repeat with the same hash changes nothing.
 * @throws conflict when the preview is another one by now, or what is in it cannot be imported
 */
export async function commitImport({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ImportView> {
  const { id, previewHash } = parseInput(commitImportSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const job = await requireImport(tx, ctx.actor, id);
    for (const farmId of job.farmIds) requireFarmPermission(ctx.actor, farmId, "device.provision");
    const isRepeatOf = ({ committedAt, previewHash: committed }: ImportJob) => committedAt !== null && committed === previewHash;
    if (isRepeatOf(job)) return toImportView(job, ctx.now);
    const obstacle = job.state === "ready" ? obstacleOf(job) : "There is no finished check of this file. Look at the preview first.";
    if (obstacle) throw new AppError("conflict", obstacle);
    // Loses to another commit, to a mended cell and to a new check.
    const { count } = await tx.importJob.updateMany({
      where: { id, state: "ready", previewHash },
      data: { state: "importing", cursor: 0, committedAt: ctx.now, workedAt: ctx.now },
    });
    if (count === 0) {
      // The same request at the same moment has won.
      const meanwhile = await requireImport(tx, ctx.actor, id);
      if (isRepeatOf(meanwhile)) return toImportView(meanwhile, ctx.now);
      throw new AppError("conflict", "The preview has changed since you looked at it. Nothing was imported; look again.");
    }
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [id] });
    await recordAudit(tx, ctx, startOf(job));
    return toImportView(await tx.importJob.findUniqueOrThrow({ where: { id } }), ctx.now);
  });
}

/** Why what the check found cannot be imported; `undefined` = it can. */
export function obstacleOf({ createRows, updateRows, errorRows, onError }: ImportJob): string | undefined {
  if (onError === "all_or_nothing" && errorRows > 0)
    return `${errorRows.toLocaleString("en")} ${errorRows === 1 ? "row is" : "rows are"} wrong, and you chose all or nothing. Mend them, or leave wrong rows out.`;
  return createRows + updateRows === 0 ? "There is nothing to import: no row would change anything." : undefined;
}

/** What the audit log says of it, on each farm. */
export function startOf(job: ImportJob): AuditEntry[] {
  const after = { fileName: job.fileName, sha256: job.fileSha256, mode: job.mode, create: job.createRows, update: job.updateRows };
  return job.farmIds.map((farmId) => ({ action: "import.started", subjectType: "import", subjectId: job.id, farmId, after }));
}
