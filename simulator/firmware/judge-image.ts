import { createHash } from "node:crypto";
import type { ManifestClaims } from "@/server/domain/firmware/manifest";
import { labelOf } from "@/server/domain/firmware/sample-image";
import type { UpdateRefusal } from "./judge-order";

/** Why an image that has arrived whole is not the one that was signed; `undefined` = it is. */
export function refuseImage({ sha256, version, deviceType }: ManifestClaims, bytes: Uint8Array): UpdateRefusal | undefined {
  if (hashOf(bytes) !== sha256) return { code: "hash", error: "the image that arrived has another SHA-256" };
  const label = labelOf(bytes);
  if (!label || (label.version === version && label.type === deviceType)) return undefined;
  return { code: "incompatible", error: `the image is ${label.version} for ${label.type}` };
}

/** SHA-256 in hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
