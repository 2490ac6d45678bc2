import type { DevicePatch, DeviceValues, ExistingDevice } from "@/server/domain/imports/device-values";
import type { CellChange } from "@/server/domain/imports/judge-row";

export type CreateRow = {
  row_no: number;
  verdict: "create";
  device_key: string;
  device_id: string;
  version: null;
  /** What decides whether it may be written; the rest is written without coming here. */
  values: Pick<DeviceValues, "farm_id" | "type" | "group_id" | "tag_ids">;
  former: null;
};
export type UpdateRow = {
  row_no: number;
  verdict: "update";
  device_key: string;
  device_id: string;
  version: number;
  values: DevicePatch;
  former: DevicePatch;
  changes: CellChange[];
};
export type StagedRow = CreateRow | UpdateRow;

/** A row that was written, and its device as it was before. */
export interface UpdatedDevice {
  row: UpdateRow;
  device: ExistingDevice;
}
