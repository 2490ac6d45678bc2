import type { DeviceType } from "@/server/domain/devices/device-type";
import { isSemanticVersion } from "@/server/domain/firmware/version-order";
import type { FirmwareFormat, FirmwareState } from "@/server/domain/firmware/vocabulary";

/** What {@link import("./firmware-sql").FIRMWARE_COLUMNS} gives. */
export interface FirmwareRow {
  id: string;
  name: string;
  version: string;
  versionKey: string;
  deviceType: DeviceType;
  manufacturer: string;
  compatibleModels: string[];
  minPreviousVersion: string | null;
  isMandatory: boolean;
  fileName: string | null;
  downloadUrl: string | null;
  /** Day, `2026-03-01`. */
  releaseDate: string;
  releaseNotes: string | null;
  changelog: string | null;
  state: FirmwareState;
  sequence: number | null;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string | null;
  sha256: string | null;
  sizeBytes: number | null;
  format: FirmwareFormat | null;
  deviceCount: number;
  successfulUpdates: number;
  failedUpdates: number;
}

/** A version as lists and its own page show it: every field of specification Task 1.2. */
export type FirmwareView = ReturnType<typeof toFirmwareView>;

/** @param mayManage only then the address it was fetched from: it may hold a key */
export function toFirmwareView({ versionKey: _, ...row }: FirmwareRow, mayManage: boolean) {
  return { ...row, downloadUrl: mayManage ? row.downloadUrl : null, isSemantic: isSemanticVersion(row.version) };
}

/** How the audit log names a version; no two have the same. */
export function firmwareSubject({ deviceType, version }: { deviceType: DeviceType; version: string }): string {
  return `${deviceType} ${version}`;
}
