import { fetchArtifactSchema } from "@/server/domain/firmware/schema";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { logFor } from "@/server/log";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { openOutside, type Outside } from "@/server/services/net/safe-fetch";
import { parseInput } from "@/server/services/parse";
import { appendToPart, dropPart, requireRoomFor } from "./artifact-store";
import { keepArtifact, requireFirmware } from "./keep-artifact";
import { openUpload, requireAllowedSize } from "./start-upload";
import { UploadClaim } from "./upload-claim";

const log = logFor("firmware");
const LONGEST_MS = 1_800_000;
const MAX_NAME = 200;

/**
 * Begins to fetch a firmware file from another server into the store (specification Task 1.2 `download_url`), so that
 * its length and hash are known and devices depend on nobody else. How far it is, tells
 * {@link import("./find-upload").getUpload}; why nothing came of it, too.
 * @returns `done` settles with the transfer and never rejects
 * @throws forbidden, invalid_input for a URL the server does not fetch from, conflict when ten transfers are under way
 */
export async function startFetch({
  ctx,
  input,
  outside,
}: {
  ctx: ServiceContext;
  input: unknown;
  outside?: Outside;
}): Promise<{ uploadId: string; done: Promise<void> }> {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { url, expectedSha256 } = parseInput(fetchArtifactSchema, input);
  const upload = { fileName: fileNameOf(url), expectedSha256, sourceUrl: url };
  const { uploadId } = await openUpload(ctx, userId, upload);
  const claim = await UploadClaim.take(ctx.db, uploadId);
  return { uploadId, done: fetchInto(ctx, { ...upload, id: uploadId }, claim, outside) };
}

type Fetched = { id: string; fileName: string; expectedSha256: string | null; sourceUrl: string };

async function fetchInto(ctx: ServiceContext, upload: Fetched, claim: UploadClaim, outside: Outside | undefined): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LONGEST_MS);
  try {
    const { FIRMWARE_MAX_BYTES, FIRMWARE_DOWNLOAD_HOSTS } = env();
    const { sizeBytes, body } = await openOutside(upload.sourceUrl, {
      signal: stop.signal,
      allowedHosts: FIRMWARE_DOWNLOAD_HOSTS,
      outside,
    });
    if (sizeBytes !== null) requireAllowedSize(sizeBytes);
    await requireRoomFor(sizeBytes ?? FIRMWARE_MAX_BYTES);
    await claim.say(0, sizeBytes ?? undefined);
    const file = await appendToPart({
      id: upload.id,
      offset: 0,
      maxBytes: sizeBytes ?? FIRMWARE_MAX_BYTES,
      chunks: body,
      onProgress: (receivedBytes) => claim.beat(receivedBytes),
    });
    if (sizeBytes !== null && file.sizeBytes < sizeBytes) throw new AppError("unavailable", "The other server broke off. Try again.");
    const format = requireFirmware(upload, file);
    await keepArtifact({ ...ctx, now: new Date() }, upload, { file, format, writer: claim.writer });
  } catch (error) {
    if (!(error instanceof AppError)) log.warn({ err: error, uploadId: upload.id }, "a firmware file could not be fetched");
    const failure = error instanceof AppError ? error.message : "The transfer broke off. Try again.";
    await Promise.allSettled([claim.fail(failure), dropPart(upload.id)]);
  } finally {
    clearTimeout(timer);
    // Also when what came was refused half-way: the rest is not read.
    stop.abort();
  }
}

/** The last part of the path, as far as it is a name. */
function fileNameOf(url: string): string {
  const last = decodeSafely(new URL(url).pathname.split("/").at(-1) ?? "");
  const name = last.replace(/[^\p{L}\p{N} ._()+-]/gu, "_").slice(0, MAX_NAME);
  return /[^._ ]/.test(name) ? name : "firmware.bin";
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
