import type { Transaction } from "@/server/db/client";
import type { ImportJob, Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { type ColumnMapping, mappingFaults } from "@/server/domain/imports/match-columns";
import { checkImportSchema } from "@/server/domain/imports/schema";
import { AppError, fieldError } from "@/server/errors";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { previewHash } from "./preview-hash";
import { requireImport, requireImporter } from "./require-import";
import { toImportView, type ImportView } from "./views";

const CHECKABLE = ["uploaded", "ready", "failed"] as const;

/**
 * Has every row judged, without writing to any device. The work goes on in the background; what was judged before by
 * other settings is forgotten, cells that were mended stay so.
 * @param commitsItself goes on to import when the check finds nothing in the way
 * @throws invalid_input at `mapping` or `defaultFarmId`, conflict when it is imported already or being worked on
 */
export async function checkImport({
  ctx,
  input,
  commitsItself = false,
}: {
  ctx: ServiceContext;
  input: unknown;
  commitsItself?: boolean;
}): Promise<ImportView> {
  requireImporter(ctx.actor);
  const { id, mapping, ...settings } = parseInput(checkImportSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const job = await requireImport(tx, ctx.actor, id);
    if (settings.defaultFarmId) requireFarmPermission(ctx.actor, settings.defaultFarmId, "device.read");
    if (mapping.length !== job.header.length)
      throw fieldError("invalid_input", "mapping", `The file has ${job.header.length} columns; say for each what it holds, or null.`);
    const [fault] = mappingFaults(job.header, mapping, { creates: settings.mode === "create" });
    if (fault) throw fieldError("invalid_input", "mapping", fault.message);
    if (isJudgedSo(job, mapping, settings)) return onlySettle(tx, ctx, { ...job, ...settings });
    const data: Prisma.ImportJobUpdateManyMutationInput = {
      ...settings,
      mapping: mapping.map((field) => field ?? ""),
      commitsItself,
      state: "reading",
      failure: null,
      previewHash: null,
      // So many rows of a former check are to be forgotten first.
      cursor: job.totalRows,
      totalRows: 0,
      createRows: 0,
      updateRows: 0,
      unchangedRows: 0,
      skipRows: 0,
      errorRows: 0,
      farmIds: [],
      workedAt: ctx.now,
    };
    // Loses to a commit, and to another check that is under way. What has written to devices is not judged again.
    const { count } = await tx.importJob.updateMany({ where: { id, state: { in: [...CHECKABLE] }, committedAt: null }, data });
    if (count === 0)
      throw new AppError("conflict", "This import is being worked on, or has been carried out. Choose the file again for another one.");
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [id] });
    return toImportView(await tx.importJob.findUniqueOrThrow({ where: { id } }), ctx.now);
  });
}

type Settings = Pick<ImportJob, "mode" | "onError" | "defaultFarmId" | "issueCredentials">;

/** Whether the rows have been judged by these columns, mode and farm already: what is done with errors judges no row. */
function isJudgedSo(job: ImportJob, mapping: ColumnMapping, settings: Settings): boolean {
  const isSame = job.mode === settings.mode && job.defaultFarmId === settings.defaultFarmId;
  return job.state === "ready" && isSame && job.mapping.join() === mapping.map((field) => field ?? "").join();
}

async function onlySettle(tx: Transaction, ctx: ServiceContext, job: ImportJob): Promise<ImportView> {
  const { id, onError, issueCredentials } = job;
  // Loses to a commit.
  const { count } = await tx.importJob.updateMany({
    where: { id, state: "ready" },
    data: { onError, issueCredentials, previewHash: await previewHash(tx, job), workedAt: ctx.now },
  });
  if (count === 0) throw new AppError("conflict", "This import has begun.");
  await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [id] });
  return toImportView(await tx.importJob.findUniqueOrThrow({ where: { id } }), ctx.now);
}
