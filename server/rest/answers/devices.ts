import { z } from "zod";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES } from "@/server/domain/devices/lifecycle";
import {
  CALIBRATION_STATUSES,
  CONNECTION_TYPES,
  FIRMWARE_UPDATE_STATUSES,
  HEALTH_STATUSES,
  POWER_SOURCES,
  PROVISIONING_METHODS,
} from "@/server/domain/devices/vocabulary";
import { ALERT_SEVERITIES, ALERT_STATES, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";
import { SIGNAL_QUALITIES } from "@/server/domain/health/policy";
import { farmRef, instant, maybeInstant, named, nextCursor } from "./shared";

const attention = z
  .array(
    z.object({
      kind: z.string(),
      since: instant.optional(),
      percent: z.number().optional(),
      count: z.number().int().optional(),
      status: z.string().optional(),
    }),
  )
  .meta({ description: "Why somebody should look at it, the gravest first" });

const readings = {
  connected: z.boolean(),
  lastSeenAt: maybeInstant,
  batteryLevel: z.number().nullable().meta({ description: "Percent; `null` on mains or unknown" }),
  signalStrength: z.number().nullable().meta({ description: "dBm" }),
  signalQuality: z.enum(SIGNAL_QUALITIES),
  errorCount: z.number().int(),
  firmwareVersion: z.string().nullable(),
  healthStatus: z.enum(HEALTH_STATUSES),
  healthScore: z.number().meta({ description: "0 to 100" }),
  attention,
};

const summary = z.object({
  deviceId: z.string(),
  name: z.string(),
  type: z.enum(DEVICE_TYPES),
  farm: farmRef,
  group: named.extend({ code: z.string() }).nullable(),
  tags: z.array(named),
  location: z.string().nullable(),
  lifecycle: z.enum(DEVICE_LIFECYCLES),
  manufacturer: z.string(),
  model: z.string(),
  serialNumber: z.string().nullable(),
  macAddress: z.string().nullable(),
  powerSource: z.enum(POWER_SOURCES),
  connectionType: z.enum(CONNECTION_TYPES).nullable(),
  calibrationStatus: z.enum(CALIBRATION_STATUSES),
  nextCalibrationDate: maybeInstant,
  nextMaintenanceDate: maybeInstant,
  ...readings,
});

export const deviceSummary = summary.meta({ id: "DeviceSummary" });
export const devicePage = z.object({ devices: z.array(deviceSummary), nextCursor }).meta({ id: "DevicePage" });

export const device = summary
  .extend({
    version: z.number().int().meta({ description: "Counts what people change; in the ETag" }),
    createdAt: instant,
    provisionedAt: maybeInstant,
    firstConnectedAt: maybeInstant,
    decommissionedAt: maybeInstant,
    decommissionReason: z.string().nullable(),
    provisioningMethod: z.enum(PROVISIONING_METHODS).nullable(),
    targetFirmwareVersion: z.string().nullable(),
    firmwareUpdateStatus: z.enum(FIRMWARE_UPDATE_STATUSES),
    firmwareUpdateError: z.string().nullable(),
    maintenanceNotes: z.string().nullable(),
    lastCalibrationDate: maybeInstant,
    batteryVoltage: z.number().nullable(),
    uptimeSeconds: z.number().nullable(),
    restartCount: z.number().int(),
    lastRestartAt: maybeInstant,
    lastRestartReason: z.string().nullable(),
    messageCount: z.number(),
    replacedBy: z.object({ deviceId: z.string() }).nullable(),
    replaces: z.object({ deviceId: z.string() }).nullable(),
  })
  .meta({ id: "Device" });

export const credentials = z
  .object({
    deviceId: z.string(),
    mqtt: z.object({
      host: z.string(),
      port: z.number().int(),
      tls: z.boolean(),
      webSocketPort: z.number().int().optional(),
      username: z.string(),
      clientId: z.string(),
      password: z.string().meta({ description: "Said once" }),
    }),
    topics: z.record(z.string(), z.string()),
    ca: z.string().optional(),
    firmwareKeys: z.looseObject({}),
  })
  .meta({ id: "DeviceCredentials" });

export const createdDevice = z
  .object({ deviceId: z.string(), credentials: credentials.nullable().meta({ description: "`null` for a draft" }) })
  .meta({ id: "CreatedDevice" });

export const deviceHealth = z
  .object({
    deviceId: z.string(),
    lifecycle: z.enum(DEVICE_LIFECYCLES),
    status: z.enum(HEALTH_STATUSES),
    score: z.number(),
    needsAttention: z.boolean(),
    attention,
    findings: z.array(z.looseObject({})),
    online: z.boolean(),
    lastSeenAt: maybeInstant,
    batteryLevel: z.number().nullable(),
    signalStrength: z.number().nullable(),
    signalQuality: z.enum(SIGNAL_QUALITIES),
    errorCount: z.number().int(),
    uptimeSeconds: z.number().nullable(),
    firmwareVersion: z.string().nullable(),
    thresholds: z.object({
      offlineWindowSeconds: z.number(),
      lowBatteryThreshold: z.number(),
      weakSignalThreshold: z.number(),
      elevatedErrors: z.number(),
      highErrors: z.number(),
    }),
    alerts: z.array(
      z.object({
        id: z.uuid(),
        type: z.enum(ALERT_TYPES),
        severity: z.enum(ALERT_SEVERITIES),
        state: z.enum(ALERT_STATES),
        message: z.string(),
        occurrenceCount: z.number().int(),
        firstOccurrence: instant,
        lastOccurrence: instant,
      }),
    ),
  })
  .meta({ id: "DeviceHealth" });
