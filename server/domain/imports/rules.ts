import type { DeviceType } from "../devices/device-type";
import type { NamedThings } from "./describe-value";
import type { ExistingDevice } from "./device-values";
import type { ImportMode } from "./vocabulary";

/** A farm of the caller's. */
export interface ImportFarm {
  id: string;
  code: string;
  /** The day there. */
  today: string;
  mayProvision: boolean;
  mayEdit: boolean;
}

export interface ImportGroup {
  id: string;
  code: string;
  name: string;
  farmId: string | null;
  deviceType: DeviceType | null;
  active: boolean;
}

export interface ImportTag {
  id: string;
  name: string;
}

/** What every row of an import is judged by. */
export interface ImportRules {
  mode: ImportMode;
  /** For new devices whose row names no farm. */
  defaultFarm: ImportFarm | undefined;
  /** The caller's farms, by code. */
  farms: ReadonlyMap<string, ImportFarm>;
  /** The caller's farms, by id. */
  farmsById: ReadonlyMap<string, ImportFarm>;
  /** Groups the caller sees, by code and by name, lower case. */
  groups: ReadonlyMap<string, readonly ImportGroup[]>;
  /** By name, lower case. */
  tags: ReadonlyMap<string, ImportTag>;
  names: NamedThings;
}

/** Somebody who has what a row wants. `deviceId` is `null` when it is none of the caller's devices. */
export interface Owner {
  deviceId: string | null;
}

/** What was looked up about one row. */
export interface RowFacts {
  /** The device with the row's ID; "hidden" = there is one on a farm that is not the caller's. */
  existing: ExistingDevice | "hidden" | undefined;
  macOwner: Owner | undefined;
  serialOwner: Owner | undefined;
  /** Earlier rows of the file (their numbers) with the same ID, MAC address, maker and serial number. */
  earlier: { deviceId?: number; mac?: number; serial?: number };
}
