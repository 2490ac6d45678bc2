import type { Database } from "@/server/db/client";
import { forgetImport } from "./discard-import";
import { dropFile, keptFilesBefore } from "./file-store";
import { forgetSecrets } from "./take-credentials";

const HOUR_MS = 3_600_000;
/** A file that nobody imported, and the rows of one that somebody did. */
const UNUSED_HOURS = 24;
const HISTORY_DAYS = 365;
const MOST_A_RUN = 20;

/** Forgets files that nobody imported for a day, imports of a year ago, and passwords that are no longer waited for. */
export async function sweepImports(db: Database, now: Date): Promise<number> {
  const secrets = await forgetSecrets(db, now);
  const unused = new Date(now.getTime() - UNUSED_HOURS * HOUR_MS);
  const old = new Date(now.getTime() - HISTORY_DAYS * 24 * HOUR_MS);
  const jobs = await db.importJob.findMany({
    where: {
      OR: [
        { state: { in: ["uploaded", "ready", "failed"] }, committedAt: null, workedAt: { lt: unused } },
        { state: { in: ["done", "undone", "failed"] }, createdAt: { lt: old } },
      ],
    },
    select: { id: true, fileRows: true },
    take: MOST_A_RUN,
  });
  for (const { id, fileRows } of jobs) await forgetImport(db, id, fileRows);
  const kept = await keptFilesBefore(unused);
  const known = await db.importJob.findMany({ where: { fileSha256: { in: kept } }, select: { fileSha256: true } });
  const inUse = new Set(known.map(({ fileSha256 }) => fileSha256));
  // What is imported needs its file no more, but people may ask which one it was.
  const strays = kept.filter((sha256) => !inUse.has(sha256));
  for (const sha256 of strays) await dropFile(sha256);
  return secrets + jobs.length + strays.length;
}
