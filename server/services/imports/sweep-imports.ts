import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { DEFAULT_RETENTION, type Retention } from "@/server/domain/retention/settings";
import { forgetImport } from "./discard-import";
import { dropFile, keptFilesBefore } from "./file-store";
import { forgetSecrets } from "./take-credentials";

const HOUR_MS = 3_600_000;
export const MOST_IMPORTS_A_RUN = 20;

/** Files that nobody imported. */
export function unusedImports(now: Date, { unusedImportHours }: Retention): Prisma.ImportJobWhereInput {
  const before = new Date(now.getTime() - unusedImportHours * HOUR_MS);
  return { state: { in: ["uploaded", "ready", "failed"] }, committedAt: null, workedAt: { lt: before } };
}

/** Imports that ended long ago. */
export function oldImports(now: Date, { importDays }: Retention): Prisma.ImportJobWhereInput {
  const before = new Date(now.getTime() - importDays * 24 * HOUR_MS);
  return { state: { in: ["done", "undone", "failed"] }, createdAt: { lt: before } };
}

/** Forgets files that nobody imported, imports of long ago, and passwords that are no longer waited for. */
export async function sweepImports(db: Database, now: Date, retention: Retention = DEFAULT_RETENTION): Promise<number> {
  const secrets = await forgetSecrets(db, now);
  const jobs = await db.importJob.findMany({
    where: { OR: [unusedImports(now, retention), oldImports(now, retention)] },
    select: { id: true, fileRows: true },
    take: MOST_IMPORTS_A_RUN,
  });
  for (const { id, fileRows } of jobs) await forgetImport(db, id, fileRows);
  const kept = await keptFilesBefore(new Date(now.getTime() - retention.unusedImportHours * HOUR_MS));
  const known = await db.importJob.findMany({ where: { fileSha256: { in: kept } }, select: { fileSha256: true } });
  const inUse = new Set(known.map(({ fileSha256 }) => fileSha256));
  // What is imported needs its file no more, but people may ask which one it was.
  const strays = kept.filter((sha256) => !inUse.has(sha256));
  for (const sha256 of strays) await dropFile(sha256);
  return secrets + jobs.length + strays.length;
}
