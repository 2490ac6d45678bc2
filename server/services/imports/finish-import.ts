import type { Database } from "@/server/db/client";
import type { ImportJob, Prisma } from "@/server/db/generated/client";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { obstacleOf, startOf } from "./commit-import";
import { previewHash } from "./preview-hash";
import { auditActorOf } from "./write-rows";

/** Moves an import on when a part of its work is through. Loses to whoever has done so already. */
async function moveOn(db: Database, job: ImportJob, data: Prisma.ImportJobUpdateManyMutationInput, now?: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.importJob.updateMany({
      where: { id: job.id, state: job.state, cursor: job.cursor, totalRows: job.totalRows },
      data,
    });
    if (count === 0) return;
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [job.id] });
    if (data.state === "importing" && now) await recordAudit(tx, { actor: auditActorOf(job), now, requestId: job.id }, startOf(job));
  });
}

/** Every row is judged. @returns whether it goes on at once */
export async function finishReading(db: Database, job: ImportJob, now: Date): Promise<boolean> {
  // Thousands of rows that its statistics know nothing of: the database would sort them all for each batch.
  await db.$executeRaw`ANALYZE import_row`;
  const hash = await previewHash(db, job);
  if (!job.commitsItself) {
    await moveOn(db, job, { state: "ready", previewHash: hash });
    return false;
  }
  const obstacle = obstacleOf(job);
  await moveOn(
    db,
    job,
    obstacle
      ? { state: "failed", previewHash: hash, failure: obstacle }
      : { state: "importing", previewHash: hash, committedAt: now, workedAt: now },
    now,
  );
  return obstacle === undefined;
}

/** Every row is written. */
export async function finishImport(db: Database, job: ImportJob, now: Date): Promise<boolean> {
  await moveOn(db, job, { state: "done", finishedAt: now, cursor: job.fileRows });
  return false;
}

/** Every row is taken back: because somebody asked for it, or because the import was all or nothing and broke. */
export async function finishUndo(db: Database, job: ImportJob, now: Date): Promise<boolean> {
  await moveOn(db, job, { state: job.failure === null ? "undone" : "failed", undoneAt: now, cursor: 0 });
  return false;
}
