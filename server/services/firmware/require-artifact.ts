import type { Transaction } from "@/server/db/client";
import { fieldError } from "@/server/errors";
import { hasArtifact } from "./artifact-store";
import type { ArtifactView } from "./keep-artifact";

/**
 * The file that a version is about to get, held against housekeeping until the transaction ends.
 * @throws not_found at `artifactSha256` when it is not in the store, invalid_input at `acceptsUnknownFormat` when nobody
 *   has said yet that a file in no known format is right
 */
export async function requireArtifact(tx: Transaction, sha256: string, acceptsUnknownFormat: boolean): Promise<ArtifactView> {
  const [artifact] = await tx.$queryRaw<ArtifactView[]>`
    SELECT sha256, size_bytes AS "sizeBytes", format::text FROM firmware_artifact WHERE sha256 = ${sha256} FOR KEY SHARE`;
  if (!artifact || !(await hasArtifact(artifact)))
    throw fieldError("not_found", "artifactSha256", "This file is not in the store. Upload it again");
  if (artifact.format === "unknown" && !acceptsUnknownFormat)
    throw fieldError(
      "invalid_input",
      "acceptsUnknownFormat",
      "The file is in no format that is known here. Confirm that it is the right one",
    );
  return artifact;
}
