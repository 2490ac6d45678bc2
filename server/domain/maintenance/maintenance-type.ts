/** What kind of work was or will be done on a device. */
export const MAINTENANCE_TYPES = [
  "inspection",
  "cleaning",
  "calibration",
  "battery_change",
  "repair",
  "part_replacement",
  "firmware",
  "other",
] as const;
export type MaintenanceType = (typeof MAINTENANCE_TYPES)[number];

export const MAINTENANCE_TYPE_LABELS: Record<MaintenanceType, string> = {
  inspection: "Inspection",
  cleaning: "Cleaning",
  calibration: "Calibration",
  battery_change: "Battery change",
  repair: "Repair",
  part_replacement: "Part replacement",
  firmware: "Firmware by hand",
  other: "Other work",
};

export const MAINTENANCE_STATUSES = ["planned", "done", "cancelled"] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** Finished work can only be struck out, as a mistake in the book; what is struck out stays so. */
const RECORD_TRANSITIONS = {
  planned: ["done", "cancelled"],
  done: ["cancelled"],
  cancelled: [],
} as const satisfies Record<MaintenanceStatus, readonly MaintenanceStatus[]>;

/** Whether a record may go from one status to another. */
export function canBecome(from: MaintenanceStatus, to: MaintenanceStatus): boolean {
  return (RECORD_TRANSITIONS[from] as readonly MaintenanceStatus[]).includes(to);
}

/** Where something that is due comes from. */
export const DUE_KINDS = ["work", "service", "calibration"] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export const DUE_KIND_LABELS: Record<DueKind, string> = {
  work: "Planned work",
  service: "Regular maintenance",
  calibration: "Calibration",
};
