import type { Database } from "@/server/db/client";
import { mayConnect, type DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import { checkDownloadUrl, type PresentedLink } from "@/server/domain/firmware/download-url";
import { AppError } from "@/server/errors";
import { hasArtifact } from "./artifact-store";
import { downloadSecret } from "./download-secret";

/**
 * Whether the bearer of a signed link may fetch the file it names; the link is the only proof (DESIGN 7).
 * @throws forbidden when it was changed, has expired (`expires` among the fields) or its device may not connect any more;
 *   not_found when there is no such file
 */
export async function openDownload({
  ctx,
  input,
}: {
  ctx: { db: Database; now: Date };
  input: PresentedLink;
}): Promise<{ sha256: string; sizeBytes: number }> {
  const verdict = checkDownloadUrl(input, ctx.now, downloadSecret());
  if (verdict === "forged") throw new AppError("forbidden", "This link was not made here.", { fields: { signature: "Does not match." } });
  if (verdict === "expired") throw new AppError("forbidden", "This link has expired.", { fields: { expires: "Is in the past." } });
  const [found] = await ctx.db.$queryRaw<{ lifecycle: DeviceLifecycle; sizeBytes: number | null }[]>`
    SELECT d.lifecycle::text, a.size_bytes AS "sizeBytes"
    FROM device d LEFT JOIN firmware_artifact a ON a.sha256 = ${input.sha256} WHERE d.device_id = ${input.deviceId}`;
  if (!found || !mayConnect(found.lifecycle)) throw new AppError("forbidden", "The device of this link is not in service.");
  const file = found.sizeBytes === null ? undefined : { sha256: input.sha256, sizeBytes: found.sizeBytes };
  if (!file || !(await hasArtifact(file))) throw new AppError("not_found", "This firmware file is not in the store any more.");
  return file;
}
