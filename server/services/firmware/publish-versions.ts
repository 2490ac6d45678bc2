import type { ServiceContext } from "@/server/services/context";
import { listFirmware } from "./list-firmware";

/**
 * The firmware versions for integrators (specification 7.2, `GET /firmware/versions`), in the names of its Task 1.2:
 * size in bytes, checksum SHA-256 in hexadecimal, dates as days. Counts are of the caller's own devices.
 * @throws forbidden, invalid_input
 */
export async function publishFirmwareVersions({ ctx, input }: { ctx: ServiceContext; input: unknown }) {
  const { versions, nextCursor } = await listFirmware({ ctx, input });
  return {
    versions: versions.map((firmware) => ({
      id: firmware.id,
      name: firmware.name,
      version: firmware.version,
      deviceType: firmware.deviceType,
      manufacturer: firmware.manufacturer,
      modelCompatibility: firmware.compatibleModels,
      firmwareFilename: firmware.fileName,
      firmwareSize: firmware.sizeBytes,
      firmwareChecksum: firmware.sha256,
      firmwareFormat: firmware.format,
      downloadUrl: firmware.downloadUrl,
      releaseDate: firmware.releaseDate,
      releaseNotes: firmware.releaseNotes,
      changelog: firmware.changelog,
      state: firmware.state,
      sequence: firmware.sequence,
      isMandatory: firmware.isMandatory,
      minPreviousVersion: firmware.minPreviousVersion,
      deviceCount: firmware.deviceCount,
      successfulUpdates: firmware.successfulUpdates,
      failedUpdates: firmware.failedUpdates,
    })),
    nextCursor,
  };
}
