import { startUploadSchema } from "@/server/domain/firmware/schema";
import { env } from "@/server/env";
import { AppError, fieldError } from "@/server/errors";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { requireRoomFor } from "./artifact-store";
import { UPLOAD_HOURS } from "./upload-claim";

const MAX_OPEN_UPLOADS = 10;
const HOUR_MS = 3_600_000;

/**
 * Announces a file that will be sent; its bytes follow with {@link import("./append-upload").appendUpload}.
 * @throws forbidden, invalid_input when it is larger than FIRMWARE_MAX_BYTES, conflict when ten of the caller's are
 *   under way, unavailable when the disk is full
 */
export async function startUpload({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ uploadId: string }> {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { fileName, sizeBytes, expectedSha256 } = parseInput(startUploadSchema, input);
  requireAllowedSize(sizeBytes);
  await requireRoomFor(sizeBytes);
  return openUpload(ctx, userId, { fileName, sizeBytes, expectedSha256 });
}

/** @throws invalid_input when a file is larger than this installation takes */
export function requireAllowedSize(sizeBytes: number): void {
  if (sizeBytes > env().FIRMWARE_MAX_BYTES) throw tooLarge(sizeBytes);
}

/** A file is larger than this installation takes. */
export function tooLarge(sizeBytes: number): AppError {
  const [size, most] = [sizeBytes, env().FIRMWARE_MAX_BYTES].map((bytes) => bytes.toLocaleString("en"));
  return fieldError("invalid_input", "sizeBytes", `The file has ${size} bytes; this installation takes ${most} (FIRMWARE_MAX_BYTES).`);
}

interface NewUpload {
  fileName: string;
  sizeBytes?: number;
  expectedSha256: string | null;
  sourceUrl?: string;
}

/** @throws conflict when ten of the caller's are under way */
export async function openUpload(ctx: ServiceContext, ownerId: string, upload: NewUpload): Promise<{ uploadId: string }> {
  const open = await ctx.db.firmwareUpload.count({
    where: { ownerId, artifactSha256: null, failure: null, expiresAt: { gt: ctx.now } },
  });
  if (open >= MAX_OPEN_UPLOADS) throw new AppError("conflict", `${MAX_OPEN_UPLOADS} transfers are under way. Finish or cancel one first.`);
  const expiresAt = new Date(ctx.now.getTime() + UPLOAD_HOURS * HOUR_MS);
  const { id } = await ctx.db.firmwareUpload.create({ data: { ...upload, ownerId, createdAt: ctx.now, expiresAt }, select: { id: true } });
  return { uploadId: id };
}
