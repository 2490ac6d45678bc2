import { z } from "zod";
import { DEVICE_ID_PATTERN } from "../devices/device-id";
import { DEVICE_TYPES, type DeviceType } from "../devices/device-type";
import { MAX_FIRMWARE_BYTES } from "./vocabulary";

/** `typ` in the header of a manifest's JWS. */
export const MANIFEST_TYPE = "smartdairy-firmware+jwt";

const unixSeconds = z.number().int().min(0).max(253_402_300_799);

/** What is signed for one device about one image (docs/device-protocol.md, section 7.1). */
export const manifestClaimsSchema = z.object({
  /** The update this belongs to. */
  execution: z.uuid(),
  device: z.string().regex(DEVICE_ID_PATTERN),
  deviceType: z.enum(DEVICE_TYPES),
  /** Empty = of any. */
  manufacturer: z.string().max(100),
  /** Empty = every model. */
  models: z.array(z.string().max(100)).max(500),
  version: z.string().min(1).max(50),
  /** Rises with each released version of a type; what orders images, whatever their versions are called. */
  sequence: z.number().int().min(1).max(2_147_483_647),
  sizeBytes: z.number().int().min(1).max(MAX_FIRMWARE_BYTES),
  /** Hexadecimal, lower case. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  allowDowngrade: z.boolean(),
  /** Unix seconds. */
  iat: unixSeconds,
  exp: unixSeconds,
});
export type ManifestClaims = z.output<typeof manifestClaimsSchema>;

/** What a device knows of itself when it judges a manifest. */
export interface ManifestReader {
  deviceId: string;
  type: DeviceType;
  /** `undefined` = it does not know. */
  manufacturer: string | undefined;
  model: string | undefined;
  version: string;
  /** Of the image that runs; 0 = unknown, as it left the works. */
  sequence: number;
}

export type ManifestRefusal = "incompatible" | "expired" | "same_version" | "downgrade";

/**
 * Why a device does not take a manifest whose signature holds; `undefined` = it takes it. `same_version` is no failure:
 * there is nothing left to do.
 * @param now `undefined` while the device's clock is not set; expiry is then the server's and the link's business
 */
export function refusalOf(manifest: ManifestClaims, device: ManifestReader, now: Date | undefined): ManifestRefusal | undefined {
  if (manifest.device !== device.deviceId || manifest.deviceType !== device.type) return "incompatible";
  if (isAnother(device.manufacturer, manifest.manufacturer === "" ? [] : [manifest.manufacturer])) return "incompatible";
  if (isAnother(device.model, manifest.models)) return "incompatible";
  if (now && now.getTime() >= manifest.exp * 1000) return "expired";
  if (manifest.version === device.version) return "same_version";
  if (manifest.sequence <= device.sequence && !manifest.allowDowngrade) return "downgrade";
  return undefined;
}

/** A device that does not know what it is cannot say that it is another. */
function isAnother(own: string | undefined, allowed: readonly string[]): boolean {
  return own !== undefined && allowed.length > 0 && !allowed.some((each) => each.trim().toLowerCase() === own.trim().toLowerCase());
}
