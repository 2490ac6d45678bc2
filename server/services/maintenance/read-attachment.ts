import { z } from "zod";
import { IMAGE_TYPES, type ImageType } from "@/server/domain/maintenance/attachment";
import { AppError } from "@/server/errors";
import { farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

interface Attachment {
  name: string;
  contentType: ImageType;
  content: Uint8Array<ArrayBuffer>;
}

/** One picture with its content, for who may read its device. @throws not_found for everybody else */
export async function readAttachment({ ctx, input }: { ctx: ServiceContext; input: { id: string } }): Promise<Attachment> {
  const id = z.uuid().safeParse(input.id);
  const row =
    id.success &&
    (await ctx.db.maintenanceAttachment.findFirst({
      where: { id: id.data, record: { device: farmFilter(ctx.actor, "device.read") } },
      select: { name: true, contentType: true, content: true },
    }));
  const contentType = row && IMAGE_TYPES.find((type) => type === row.contentType);
  if (!row || !contentType) throw new AppError("not_found", "There is no such picture on your farms.");
  return { name: row.name, contentType, content: row.content };
}
