import type { DeviceType } from "@/server/domain/devices/device-type";

/** One device's label: what is on it, and nothing that opens anything. */
export interface LabelView {
  deviceId: string;
  type: DeviceType;
  /** Of the device; of its type while there is no device with this ID. */
  name: string;
  farm: { id: string; name: string };
  /** What its code says. */
  code: string;
  /** False for an ID that is reserved and not used yet. */
  isRegistered: boolean;
  /** When a label was last made. */
  lastPrintedAt: Date | null;
  /** Letters of its name or farm that the label's fonts do not have. */
  unprintable: string;
}
