import { z } from "zod";
import { IMAGE_TYPES, type ImageType } from "@/server/domain/maintenance/attachment";
import { AppError } from "@/server/errors";
import { farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

interface Photo {
  contentType: ImageType;
  content: Uint8Array<ArrayBuffer>;
}

/** One picture of a device, for who may read the device. @throws not_found for everybody else */
export async function readPhoto({ ctx, input }: { ctx: ServiceContext; input: { id: string } }): Promise<Photo> {
  const id = z.uuid().safeParse(input.id);
  const row =
    id.success &&
    (await ctx.db.devicePhoto.findFirst({
      where: { id: id.data, device: farmFilter(ctx.actor, "device.read") },
      select: { contentType: true, content: true },
    }));
  const contentType = row && IMAGE_TYPES.find((type) => type === row.contentType);
  if (!row || !contentType) throw new AppError("not_found", "There is no such picture on your farms.");
  return { contentType, content: row.content };
}
