import { z } from "zod";
import { lineOfText, optionalLine, requiredLine } from "../text";
import { deviceIdSchema } from "./device-id";
import { DEVICE_TYPES } from "./device-type";
import { DEVICE_LIFECYCLES } from "./lifecycle";
import { macAddressSchema } from "./mac-address";

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

export const CALIBRATION_STATUSES = ["not_required", "valid", "due", "overdue"] as const;
export type CalibrationStatus = (typeof CALIBRATION_STATUSES)[number];

/** What a person enters about a device (specification Task 3.1, steps 1 to 3). */
export const deviceInputSchema = z.object({
  type: z.enum(DEVICE_TYPES, "Choose a device type"),
  name: requiredLine(120, "Name is required"),
  deviceId: deviceIdSchema,
  farmId: z.uuid("Choose a farm"),
  location: optionalLine(200),
  manufacturer: lineOfText(100).default(""),
  model: lineOfText(100).default(""),
  serialNumber: optionalLine(100),
  macAddress: macAddressSchema,
  powerSource: z.enum(POWER_SOURCES, "Choose a power source").default("battery"),
  connectionType: z
    .enum(CONNECTION_TYPES)
    .nullish()
    .transform((value) => value ?? null),
});

/** Registers a device and issues its credentials in one go. `requestKey` makes a repeated click harmless. */
export const provisionDeviceSchema = deviceInputSchema.extend({
  provisioningMethod: z.enum(PROVISIONING_METHODS).default("manual"),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
});

const replaceFields = z.object({
  /** The unit that goes. */
  deviceId: deviceIdSchema,
  reason: requiredLine(300, "Say why, for the record"),
  requestKey: provisionDeviceSchema.shape.requestKey,
});

/** Swaps a unit for one from the box, or for one that is registered on the farm and was never fitted. */
export const replaceDeviceSchema = z.discriminatedUnion("unit", [
  replaceFields.extend({
    unit: z.literal("new"),
    /** Empty = the next free one. */
    newDeviceId: z.union([z.literal("").transform(() => null), deviceIdSchema]).nullish(),
    ...deviceInputSchema.pick({ manufacturer: true, model: true, serialNumber: true, macAddress: true }).shape,
  }),
  replaceFields.extend({ unit: z.literal("registered"), newDeviceId: deviceIdSchema }),
]);

/** The fields that can be changed after registration; the ID, type and farm are the device's identity. */
export const editDeviceSchema = deviceInputSchema
  .omit({ type: true, deviceId: true, farmId: true })
  .extend({ deviceId: deviceIdSchema, version: z.number().int().positive() });

export const DEVICE_SORTS = ["deviceId", "name", "type", "farm", "lifecycle", "health", "battery", "signal", "lastSeen"] as const;
export type DeviceSort = (typeof DEVICE_SORTS)[number];

export const HEALTH_STATUSES = ["healthy", "warning", "critical", "unknown"] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Search, filters, order and page of the device list. Empty arrays filter nothing. */
export const deviceListSchema = z.object({
  search: lineOfText(100).default(""),
  farmIds: z.array(z.uuid()).max(100).default([]),
  types: z.array(z.enum(DEVICE_TYPES)).default([]),
  lifecycles: z.array(z.enum(DEVICE_LIFECYCLES)).default([]),
  health: z.array(z.enum(HEALTH_STATUSES)).default([]),
  needsAttention: z.boolean().default(false),
  sort: z.enum(DEVICE_SORTS).default("deviceId"),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(200).default(50),
});

export type DeviceListInput = z.output<typeof deviceListSchema>;
