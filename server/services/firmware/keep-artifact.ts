import { inTransaction } from "@/server/db/in-transaction";
import { FILE_REFUSALS, fileFormatOf } from "@/server/domain/firmware/file-format";
import type { FirmwareFormat } from "@/server/domain/firmware/vocabulary";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { keepPart, type ReceivedFile } from "./artifact-store";

/** A file in the store. */
export interface ArtifactView {
  sha256: string;
  sizeBytes: number;
  format: FirmwareFormat;
}

interface CompleteUpload {
  id: string;
  fileName: string;
  expectedSha256: string | null;
  sourceUrl: string | null;
}

/**
 * What is certainly no firmware, or not what was announced.
 * @throws invalid_input
 */
export function requireFirmware(upload: Pick<CompleteUpload, "expectedSha256">, { sha256, head }: ReceivedFile): FirmwareFormat {
  if (upload.expectedSha256 !== null && upload.expectedSha256 !== sha256)
    throw fieldError("invalid_input", "expectedSha256", `The file that arrived has another SHA-256 (${sha256}). Nothing was kept.`);
  const verdict = fileFormatOf(head);
  if ("refusal" in verdict) throw fieldError("invalid_input", "file", FILE_REFUSALS[verdict.refusal]);
  return verdict.format;
}

/**
 * Takes a complete upload into the store: its row and its name appear together. The same content sent again is the
 * same artifact.
 * @param writer who holds the upload's claim
 * @throws conflict when the claim was lost meanwhile
 */
export async function keepArtifact(
  ctx: ServiceContext,
  upload: CompleteUpload,
  { file, format, writer }: { file: ReceivedFile; format: FirmwareFormat; writer: string },
): Promise<ArtifactView> {
  const { sha256, sizeBytes } = file;
  const { userId } = requireUser(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    // Touches a row that is there already: housekeeping, which waits for the lock, then finds it too young to remove.
    await tx.$executeRaw`
      INSERT INTO firmware_artifact (sha256, size_bytes, format, created_by_id, created_at)
      VALUES (${sha256}, ${sizeBytes}, ${format}::firmware_format, ${userId}::uuid, ${ctx.now}::timestamptz)
      ON CONFLICT (sha256) DO UPDATE SET created_at = excluded.created_at`;
    // Loses to a transfer that took over, and to a cancellation.
    const { count } = await tx.firmwareUpload.updateMany({
      where: { id: upload.id, writer },
      data: { artifactSha256: sha256, receivedBytes: sizeBytes, sizeBytes, writer: null },
    });
    if (count === 0) throw new AppError("conflict", "The transfer was cancelled, or another one has taken over.");
    await recordAudit(tx, ctx, [
      {
        action: "firmware.file_received",
        subjectType: "firmware_file",
        subjectId: sha256,
        farmId: null,
        after: { fileName: upload.fileName, sizeBytes, format, sourceUrl: upload.sourceUrl?.split(/[?#]/)[0] },
      },
    ]);
    await keepPart(upload.id, sha256);
  });
  return { sha256, sizeBytes, format };
}
