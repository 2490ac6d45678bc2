import type { MaintenanceType } from "@/server/domain/maintenance/maintenance-type";
import type { RecordView } from "@/server/services/maintenance/views";

/** What somebody is about to do with a device's maintenance. */
export type RecordTask =
  | { kind: "plan" }
  | { kind: "done"; type?: MaintenanceType }
  | { kind: "complete"; record: RecordView }
  | { kind: "edit"; record: RecordView }
  | { kind: "cancel"; record: RecordView }
  | { kind: "start"; record: RecordView }
  | { kind: "dates" };
