import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { DEFAULT_RETENTION, type Retention } from "@/server/domain/retention/settings";
import { dropArtifact, dropPart, storedFilesBefore } from "./artifact-store";

const HOUR_MS = 3_600_000;
export const MOST_FILES_A_RUN = 100;

/** Files that no version has, and no upload that somebody may still make one of. */
export function unusedArtifactsSql(now: Date, { unusedFirmwareHours }: Retention): Prisma.Sql {
  const before = new Date(now.getTime() - unusedFirmwareHours * HOUR_MS);
  return Prisma.sql`a.created_at < ${before}::timestamptz
    AND NOT EXISTS (SELECT 1 FROM firmware_version v WHERE v.artifact_sha256 = a.sha256)
    AND NOT EXISTS (SELECT 1 FROM firmware_upload u WHERE u.artifact_sha256 = a.sha256)`;
}

/**
 * Forgets what nobody came back for: uploads that expired, files that no version has, and what a crash left in the
 * folder.
 * @returns files removed
 */
export async function sweepStore(db: Database, now: Date, retention: Retention = DEFAULT_RETENTION): Promise<number> {
  const before = new Date(now.getTime() - retention.unusedFirmwareHours * HOUR_MS);
  const expired = await db.$queryRaw<{ id: string; unfinished: boolean }[]>`
    DELETE FROM firmware_upload WHERE expires_at < ${now}::timestamptz RETURNING id, artifact_sha256 IS NULL AS unfinished`;
  await Promise.all(expired.filter(({ unfinished }) => unfinished).map(({ id }) => dropPart(id)));
  const unused = await db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ sha256: string }[]>`
      WITH unused AS MATERIALIZED (
        SELECT a.sha256 FROM firmware_artifact a
        WHERE ${unusedArtifactsSql(now, retention)}
        ORDER BY a.created_at LIMIT ${MOST_FILES_A_RUN} FOR UPDATE SKIP LOCKED)
      DELETE FROM firmware_artifact f USING unused u WHERE f.sha256 = u.sha256
      RETURNING f.sha256`;
    // Before the commit: who stores the same content meanwhile waits for these rows, then writes its file anew.
    await Promise.all(rows.map(({ sha256 }) => dropArtifact(sha256)));
    return rows.length;
  });
  return expired.length + unused + (await dropStrays(db, before));
}

/** Files without a row. */
async function dropStrays(db: Database, before: Date): Promise<number> {
  const files = await storedFilesBefore(before);
  if (files.length === 0) return 0;
  const known = await db.$queryRaw<{ key: string }[]>`
    SELECT id::text AS key FROM firmware_upload UNION ALL SELECT sha256 FROM firmware_artifact`;
  const keys = new Set(known.map(({ key }) => key));
  const strays = files.filter(({ key }) => !keys.has(key)).slice(0, MOST_FILES_A_RUN);
  await Promise.all(strays.map(({ kind, key }) => (kind === "part" ? dropPart(key) : dropArtifact(key))));
  return strays.length;
}
