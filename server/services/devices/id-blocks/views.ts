import type { DeviceType } from "@/server/domain/devices/device-type";
import type { IdBlockPurpose } from "@/server/domain/devices/id-block";

/** A run of device IDs that one farm has for itself. */
export interface IdBlockView {
  id: string;
  farm: { id: string; name: string };
  type: DeviceType;
  purpose: IdBlockPurpose;
  firstId: string;
  lastId: string;
  count: number;
  /** How many of them belong to registered devices by now. */
  used: number;
  note: string | null;
  reservedBy: string | null;
  reservedAt: Date;
  /** Whether the caller may print and release them. */
  canManage: boolean;
}
