export const DEVICE_SORTS = [
  "deviceId",
  "name",
  "type",
  "farm",
  "group",
  "location",
  "lifecycle",
  "health",
  "firmware",
  "battery",
  "signal",
  "errors",
  "lastSeen",
  "model",
  "calibration",
  "maintenance",
] as const;
export type DeviceSort = (typeof DEVICE_SORTS)[number];

export interface SortKey {
  by: DeviceSort;
  descending: boolean;
}

/** Columns of the list that people may choose, in their order; the device itself always comes first. */
export const DEVICE_COLUMNS = [
  "type",
  "farm",
  "group",
  "tags",
  "location",
  "health",
  "firmware",
  "battery",
  "signal",
  "errors",
  "connection",
  "model",
  "serialNumber",
  "macAddress",
  "calibration",
  "maintenance",
  "lastSeen",
] as const;
export type DeviceColumn = (typeof DEVICE_COLUMNS)[number];

export const DEVICE_COLUMN_FACTS: Record<DeviceColumn, { label: string; sort?: DeviceSort; descendingFirst?: true; numeric?: true }> = {
  type: { label: "Type", sort: "type" },
  farm: { label: "Farm", sort: "farm" },
  group: { label: "Group", sort: "group" },
  tags: { label: "Tags" },
  location: { label: "Location", sort: "location" },
  health: { label: "Health", sort: "health" },
  firmware: { label: "Firmware", sort: "firmware" },
  battery: { label: "Power", sort: "battery", numeric: true },
  signal: { label: "Signal, dBm", sort: "signal", numeric: true },
  errors: { label: "Errors", sort: "errors", descendingFirst: true, numeric: true },
  connection: { label: "Connection" },
  model: { label: "Model", sort: "model" },
  serialNumber: { label: "Serial number" },
  macAddress: { label: "MAC address" },
  calibration: { label: "Calibration", sort: "calibration", descendingFirst: true },
  maintenance: { label: "Next maintenance", sort: "maintenance" },
  lastSeen: { label: "Last seen", sort: "lastSeen", descendingFirst: true, numeric: true },
};

export const DEFAULT_COLUMNS: DeviceColumn[] = ["type", "farm", "health", "firmware", "battery", "signal", "lastSeen"];

/** Silent for at least so many seconds; `never` = not heard at all. */
export const SILENCE_SECONDS = { "10m": 600, "1h": 3_600, "24h": 86_400, "7d": 604_800 } as const;
export const SILENCES = ["10m", "1h", "24h", "7d", "never"] as const;

/** Heard within its window; offline is said of active devices only. */
export const PRESENCES = ["online", "offline"] as const;

/** How near the next maintenance is: past its date, or within a week. */
export const MAINTENANCE_DUES = ["overdue", "week"] as const;
