import { createHash } from "node:crypto";
import type { Database, Transaction } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";

/** Names what a preview shows: the file's bytes, how it is taken, and every mended cell. */
export async function previewHash(db: Database | Transaction, job: ImportJob): Promise<string> {
  const mended = await db.importMendedCell.findMany({
    where: { importId: job.id },
    select: { rowNo: true, field: true, value: true },
    orderBy: [{ rowNo: "asc" }, { field: "asc" }],
  });
  const { fileSha256, mode, onError, defaultFarmId, issueCredentials, mapping } = job;
  const cells = mended.map(({ rowNo, field, value }) => [rowNo, field, value]);
  return createHash("sha256")
    .update(JSON.stringify([fileSha256, mode, onError, defaultFarmId, issueCredentials, mapping, cells]))
    .digest("hex");
}
