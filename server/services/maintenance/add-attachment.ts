import { inTransaction } from "@/server/db/in-transaction";
import { imageTypeOf, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from "@/server/domain/maintenance/attachment";
import { addAttachmentSchema } from "@/server/domain/maintenance/schema";
import { AppError, fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { announceWork } from "./announce-work";
import { findRecord } from "./find-record";

/**
 * Puts a small picture to a record. What it is, its bytes say: a name or a sender's word counts for nothing.
 * @throws invalid_input for anything but PNG, JPEG, WebP up to 512 KB; conflict when the record has six already
 */
export async function addAttachment({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const { recordId, name, content } = parseInput(addAttachmentSchema, input);
  const bytes = new Uint8Array(Buffer.from(content, "base64"));
  const contentType = imageTypeOf(bytes);
  if (!contentType) throw fieldError("invalid_input", "content", "Only PNG, JPEG and WebP pictures can be attached.");
  if (bytes.length > MAX_ATTACHMENT_BYTES) throw fieldError("invalid_input", "content", "A picture may have at most 512 KB");
  return inTransaction(ctx.db, async (tx) => {
    // One at a time for a record, so that two at once cannot both be the sixth.
    await tx.$queryRaw`SELECT 1 FROM maintenance_record WHERE id = ${recordId}::uuid FOR UPDATE`;
    const { device, ...record } = await findRecord(tx, ctx.actor, recordId, "device.edit");
    if (record.status === "cancelled") throw new AppError("conflict", "This record was cancelled and stays as it is.");
    const present = await tx.maintenanceAttachment.count({ where: { recordId } });
    if (present >= MAX_ATTACHMENTS) throw new AppError("conflict", `A record holds ${MAX_ATTACHMENTS} pictures. Remove one first.`);
    const { id } = await tx.maintenanceAttachment.create({
      data: { recordId, name, contentType, sizeBytes: bytes.length, content: bytes, createdAt: ctx.now },
      select: { id: true },
    });
    await announceWork(tx, ctx, {
      action: "maintenance.picture_added",
      device,
      after: { title: record.title, name, sizeBytes: bytes.length },
    });
    return { id };
  });
}
