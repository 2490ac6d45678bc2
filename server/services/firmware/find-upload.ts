import { uploadIdSchema } from "@/server/domain/firmware/schema";
import { AppError } from "@/server/errors";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import type { ArtifactView } from "./keep-artifact";

/** One of the caller's own transfers. @throws forbidden, not_found */
export async function findUpload(ctx: ServiceContext, uploadId: unknown) {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { data } = uploadIdSchema.safeParse({ uploadId });
  const upload =
    data && (await ctx.db.firmwareUpload.findFirst({ where: { id: data.uploadId, ownerId: userId }, include: { artifact: true } }));
  if (!upload) throw new AppError("not_found", "There is no such transfer; begin again.");
  return upload;
}

export interface UploadView {
  uploadId: string;
  fileName: string;
  /** `null` = not known yet. */
  sizeBytes: number | null;
  receivedBytes: number;
  artifact: ArtifactView | null;
  /** Why nothing came of it. */
  failure: string | null;
}

/** A fetch that has said nothing for so long died with its process. */
const LOST_MS = 60_000;

/** How far one of the caller's transfers is. @throws forbidden, not_found */
export async function getUpload({ ctx, input }: { ctx: ServiceContext; input: { uploadId: unknown } }): Promise<UploadView> {
  const upload = await findUpload(ctx, input.uploadId);
  const { artifact, sourceUrl, writerAt } = upload;
  const isLost = sourceUrl !== null && !artifact && (writerAt ?? upload.createdAt).getTime() < ctx.now.getTime() - LOST_MS;
  return {
    uploadId: upload.id,
    fileName: upload.fileName,
    sizeBytes: upload.sizeBytes,
    receivedBytes: upload.receivedBytes,
    artifact: artifact && { sha256: artifact.sha256, sizeBytes: artifact.sizeBytes, format: artifact.format },
    failure: upload.failure ?? (isLost ? "The transfer broke off. Try again." : null),
  };
}
