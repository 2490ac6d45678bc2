import type { DeviceType } from "../devices/device-type";

/** What a device is to install, as it is signed (docs/device-protocol.md). Times in Unix seconds. */
export interface ManifestClaims {
  execution: string;
  device: string;
  deviceType: DeviceType;
  /** Empty = any. */
  manufacturer: string;
  /** Empty = any. */
  models: string[];
  version: string;
  sequence: number;
  sizeBytes: number;
  sha256: string;
  /** Only a rollback may go backwards. */
  allowDowngrade: boolean;
  iat: number;
  exp: number;
}
