import type { z } from "zod";
import type { createFirmwareSchema } from "@/server/domain/firmware/schema";

export type FirmwareFormInput = z.input<typeof createFirmwareSchema>;
export type FirmwareFormOutput = z.output<typeof createFirmwareSchema>;

export const FIRMWARE_FIELDS = [
  "name",
  "version",
  "deviceType",
  "manufacturer",
  "compatibleModels",
  "minPreviousVersion",
  "isMandatory",
  "releaseDate",
  "releaseNotes",
  "changelog",
  "artifactSha256",
  "acceptsUnknownFormat",
] as const;

/** `mm-2.4.0-rc.1.bin` → `2.4.0-rc.1`: what a file's name says of its version. */
export function versionInName(fileName: string): string | undefined {
  const stem = fileName.replace(/\.(bin|hex|elf|img|uf2|srec|zip|zst|xz|tgz|gz|tar)+$/gi, "");
  return /(?:^|[^0-9A-Za-z.])v?(\d+\.\d+(?:\.\d+)*(?:-(?:alpha|beta|rc)[.0-9]*)?)/i.exec(stem)?.[1];
}
