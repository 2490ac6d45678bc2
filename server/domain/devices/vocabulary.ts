// Apart from the schemas: screens that only name things then do without the 30 KB of zod.

export const POWER_SOURCES = ["battery", "mains", "solar", "poe"] as const;
export type PowerSource = (typeof POWER_SOURCES)[number];
export const POWER_SOURCE_LABELS: Record<PowerSource, string> = {
  battery: "Battery",
  mains: "Mains power",
  solar: "Solar",
  poe: "Power over Ethernet",
};

export const CONNECTION_TYPES = ["wifi", "ethernet", "lora", "cellular", "bluetooth"] as const;
export type ConnectionType = (typeof CONNECTION_TYPES)[number];
export const CONNECTION_TYPE_LABELS: Record<ConnectionType, string> = {
  wifi: "Wi-Fi",
  ethernet: "Ethernet",
  lora: "LoRaWAN",
  cellular: "Cellular",
  bluetooth: "Bluetooth",
};

export const PROVISIONING_METHODS = ["manual", "qr_code", "nfc", "csv_import", "api"] as const;
export type ProvisioningMethod = (typeof PROVISIONING_METHODS)[number];
export const PROVISIONING_METHOD_LABELS: Record<ProvisioningMethod, string> = {
  manual: "Manual entry",
  qr_code: "QR code scan",
  nfc: "NFC tap",
  csv_import: "CSV import",
  api: "API registration",
};

export const FIRMWARE_UPDATE_STATUSES = ["none", "scheduled", "downloading", "installing", "completed", "failed", "rolled_back"] as const;
export type FirmwareUpdateStatus = (typeof FIRMWARE_UPDATE_STATUSES)[number];
export const FIRMWARE_UPDATE_STATUS_LABELS: Record<FirmwareUpdateStatus, string> = {
  none: "None under way",
  scheduled: "Scheduled",
  downloading: "Downloading",
  installing: "Installing",
  completed: "Completed",
  failed: "Failed",
  rolled_back: "Rolled back",
};

export const CALIBRATION_STATUSES = ["not_required", "valid", "due", "overdue"] as const;
export type CalibrationStatus = (typeof CALIBRATION_STATUSES)[number];
export const CALIBRATION_STATUS_LABELS: Record<CalibrationStatus, string> = {
  not_required: "Not required",
  valid: "Valid",
  due: "Due soon",
  overdue: "Overdue",
};

export const HEALTH_STATUSES = ["healthy", "warning", "critical", "unknown"] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];
