import type { DeviceType } from "../devices/device-type";
import type { DeviceLifecycle } from "../devices/lifecycle";
import type { ConnectionType, PowerSource } from "../devices/vocabulary";

/** What an import writes of a device, under the names of the database's columns. Days as `2026-03-29`. */
export interface DeviceValues {
  name: string;
  type: DeviceType;
  farm_id: string;
  manufacturer: string;
  model: string;
  serial_number: string | null;
  mac_address: string | null;
  location: string | null;
  group_id: string | null;
  power_source: PowerSource;
  connection_type: ConnectionType | null;
  last_calibration_date: string | null;
  calibration_certificate: string | null;
  calibration_deviation: string | null;
  calibration_interval_days: number | null;
  next_maintenance_date: string | null;
  maintenance_notes: string | null;
  /** Sorted. */
  tag_ids: string[];
}
export type ValueKey = keyof DeviceValues;

/** What the type and farm of a device are is its identity; the rest can be changed. */
export type ChangeableKey = Exclude<ValueKey, "type" | "farm_id">;
export type DevicePatch = Partial<Pick<DeviceValues, ChangeableKey>>;

/** A registered device as an import meets it. */
export interface ExistingDevice extends DeviceValues {
  /** Primary key. */
  id: string;
  device_id: string;
  version: number;
  lifecycle: DeviceLifecycle;
}

/** What a device has that nobody has said anything about. */
export const UNSAID: Omit<DeviceValues, "name" | "type" | "farm_id"> = {
  manufacturer: "",
  model: "",
  serial_number: null,
  mac_address: null,
  location: null,
  group_id: null,
  power_source: "battery",
  connection_type: null,
  last_calibration_date: null,
  calibration_certificate: null,
  calibration_deviation: null,
  calibration_interval_days: null,
  next_maintenance_date: null,
  maintenance_notes: null,
  tag_ids: [],
};

export function sameValue(a: DeviceValues[ValueKey] | undefined, b: DeviceValues[ValueKey] | undefined): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((entry, index) => entry === b[index]) : a === b;
}
