import { z } from "zod";
import { requiredLine } from "../text";

export const MAX_ATTACHMENT_BYTES = 512 * 1024;
export const MAX_ATTACHMENTS = 6;

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** One picture as it travels: base64, because small pictures fit into a request beside everything else. */
export const addAttachmentSchema = z.object({
  recordId: z.uuid(),
  name: requiredLine(120, "The picture needs a file name"),
  content: z
    .base64("Expected the picture in base64")
    .min(1, "The picture is empty")
    .max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4, "A picture may have at most 512 KB"),
});

export const deleteAttachmentSchema = z.object({ recordId: z.uuid(), attachmentId: z.uuid() });

/**
 * What a file is by its first bytes, whatever its name or sender says.
 * @returns `undefined` for anything but PNG, JPEG and WebP
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const startsWith = (signature: readonly number[], offset = 0) => signature.every((byte, index) => bytes[offset + index] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  if (startsWith([0xff, 0xd8, 0xff])) return "image/jpeg";
  if (startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50], 8)) return "image/webp";
  return undefined;
}
