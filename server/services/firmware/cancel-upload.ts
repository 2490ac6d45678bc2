import type { ServiceContext } from "@/server/services/context";
import { dropPart } from "./artifact-store";
import { findUpload } from "./find-upload";

/** Ends one of the caller's transfers and forgets its bytes; what is in the store already stays there. @throws not_found */
export async function cancelUpload({ ctx, input }: { ctx: ServiceContext; input: { uploadId: unknown } }): Promise<void> {
  const { id } = await findUpload(ctx, input.uploadId);
  // Whoever still writes to it finds its claim gone.
  await ctx.db.firmwareUpload.deleteMany({ where: { id } });
  await dropPart(id);
}
