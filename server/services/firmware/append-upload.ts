import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { appendToPart, dropPart, partSize, type ReceivedFile } from "./artifact-store";
import { findUpload } from "./find-upload";
import { keepArtifact, requireFirmware, type ArtifactView } from "./keep-artifact";
import { UploadClaim } from "./upload-claim";

export interface AppendInput {
  uploadId: unknown;
  /** Where the bytes begin, as the sender believes. */
  offset: number;
  body: AsyncIterable<Uint8Array>;
}

export interface AppendResult {
  /** Bytes that have arrived in all. */
  offset: number;
  /** Once the last byte has arrived. */
  artifact: ArtifactView | null;
}

/**
 * Takes the next bytes of an announced file. With the last one the file is checked (length, SHA-256, what it is) and
 * taken into the store; what does not pass is thrown away whole.
 * @throws not_found, forbidden, conflict (another offset, over), unavailable (another transfer of it is under way),
 *   invalid_input (too long, wrong hash, certainly no firmware)
 */
export async function appendUpload({ ctx, input }: { ctx: ServiceContext; input: AppendInput }): Promise<AppendResult> {
  const upload = await findUpload(ctx, input.uploadId);
  const { sizeBytes } = upload;
  if (sizeBytes === null) throw new AppError("conflict", "The server fetches this file itself.");
  const claim = await UploadClaim.take(ctx.db, upload.id);
  let file: ReceivedFile | undefined;
  try {
    file = await appendToPart({
      id: upload.id,
      offset: input.offset,
      maxBytes: sizeBytes,
      chunks: input.body,
      onProgress: (receivedBytes) => claim.beat(receivedBytes),
    });
    if (file.sizeBytes < sizeBytes) {
      await claim.release(file.sizeBytes);
      return { offset: file.sizeBytes, artifact: null };
    }
    const format = requireFirmware(upload, file);
    return { offset: file.sizeBytes, artifact: await keepArtifact(ctx, upload, { file, format, writer: claim.writer }) };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") {
      await claim.fail(error.message);
      await dropPart(upload.id);
    } else {
      await claim.release(await partSize(upload.id));
    }
    throw error;
  }
}

/** How many bytes of one of the caller's uploads have arrived, and how many there will be. @throws not_found */
export async function getUploadOffset({ ctx, input }: { ctx: ServiceContext; input: { uploadId: unknown } }) {
  const upload = await findUpload(ctx, input.uploadId);
  const offset = upload.artifactSha256 === null ? await partSize(upload.id) : upload.receivedBytes;
  return { offset, sizeBytes: upload.sizeBytes ?? 0, failure: upload.failure };
}
