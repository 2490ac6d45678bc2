import { inTransaction } from "@/server/db/in-transaction";
import { deleteAttachmentSchema } from "@/server/domain/maintenance/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { findRecord } from "./find-record";

/** Removes a picture from a record for good. */
export async function deleteAttachment({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { recordId, attachmentId } = parseInput(deleteAttachmentSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const { device, ...record } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    const attachment = await tx.maintenanceAttachment.findFirst({ where: { id: attachmentId, recordId }, select: { name: true } });
    const { count } = await tx.maintenanceAttachment.deleteMany({ where: { id: attachmentId, recordId } });
    if (!attachment || count === 0) throw new AppError("not_found", "This picture is no longer there.");
    await announceWork(tx, ctx, { action: "maintenance.picture_removed", device, before: { title: record.title, name: attachment.name } });
  });
}
