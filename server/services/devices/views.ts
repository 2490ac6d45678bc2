import type { Prisma } from "@/server/db/generated/client";
import { attentionReasons, type AttentionReason } from "@/server/domain/health/policy";
import type { Thresholds } from "@/server/domain/health/thresholds";

export const SUMMARY_INCLUDE = {
  farm: { select: { id: true, code: true, name: true, timeZone: true } },
  group: { select: { id: true, code: true, name: true, color: true } },
  tags: { select: { id: true, name: true, color: true }, orderBy: { name: "asc" } },
  state: true,
} satisfies Prisma.DeviceInclude;

type SummaryRow = Prisma.DeviceGetPayload<{ include: typeof SUMMARY_INCLUDE }>;

/** The fields a summary is made of, from Prisma or from the list's own SQL. */
export type SummarySource = Pick<SummaryRow, SummaryField | "farm" | "group" | "tags"> & {
  state: Pick<NonNullable<SummaryRow["state"]>, StateField> | null;
};

type SummaryField =
  | "deviceId"
  | "name"
  | "type"
  | "location"
  | "lifecycle"
  | "manufacturer"
  | "model"
  | "serialNumber"
  | "macAddress"
  | "powerSource"
  | "connectionType"
  | keyof Thresholds
  | "firmwareUpdateStatus"
  | "calibrationStatus"
  | "nextCalibrationDate"
  | "nextMaintenanceDate";
type StateField =
  | "connectionType"
  | "firmwareVersion"
  | "lastSeenAt"
  | "connected"
  | "batteryLevel"
  | "signalStrength"
  | "signalQuality"
  | "errorCount"
  | "healthStatus"
  | "healthScore";

/** A device as lists and cards show it. */
export type DeviceSummary = ReturnType<typeof toDeviceSummary>;

export function toDeviceSummary(row: SummarySource, now: Date) {
  const state = row.state;
  return {
    deviceId: row.deviceId,
    name: row.name,
    type: row.type,
    farm: row.farm,
    group: row.group,
    tags: row.tags,
    location: row.location,
    lifecycle: row.lifecycle,
    manufacturer: row.manufacturer,
    model: row.model,
    serialNumber: row.serialNumber,
    macAddress: row.macAddress,
    powerSource: row.powerSource,
    connectionType: row.connectionType ?? state?.connectionType ?? null,
    firmwareVersion: state?.firmwareVersion ?? null,
    lastSeenAt: state?.lastSeenAt ?? null,
    connected: state?.connected ?? false,
    offlineWindowSeconds: row.offlineWindowSeconds,
    batteryLevel: state?.batteryLevel ?? null,
    signalStrength: state?.signalStrength ?? null,
    signalQuality: state?.signalQuality ?? ("none" as const),
    errorCount: state?.errorCount ?? 0,
    healthStatus: state?.healthStatus ?? ("unknown" as const),
    healthScore: state?.healthScore ?? 100,
    calibrationStatus: row.calibrationStatus,
    nextCalibrationDate: row.nextCalibrationDate,
    nextMaintenanceDate: row.nextMaintenanceDate,
    attention: attentionOf(row, now),
  };
}

/** A device as its own page shows it: everything of specification Task 1.1. */
export type DeviceDetail = ReturnType<typeof toDeviceDetail>;

export function toDeviceDetail(row: SummaryRow, now: Date) {
  const state = row.state;
  return {
    ...toDeviceSummary(row, now),
    version: row.version,
    configuredConnectionType: row.connectionType,
    createdAt: row.createdAt,
    firstConnectedAt: row.firstConnectedAt,
    decommissionedAt: row.decommissionedAt,
    decommissionReason: row.decommissionReason,
    provisionedAt: row.provisionedAt,
    provisioningMethod: row.provisioningMethod,
    lowBatteryThreshold: row.lowBatteryThreshold,
    weakSignalThreshold: row.weakSignalThreshold,
    elevatedErrors: row.elevatedErrors,
    highErrors: row.highErrors,
    healthCheckIntervalSeconds: row.healthCheckIntervalSeconds,
    lastHealthCheckAt: state?.lastHealthCheckAt ?? null,
    targetFirmwareVersion: row.targetFirmwareVersion,
    firmwareUpdateStatus: row.firmwareUpdateStatus,
    firmwareUpdateScheduledAt: row.firmwareUpdateScheduledAt,
    firmwareUpdateCompletedAt: row.firmwareUpdateCompletedAt,
    firmwareUpdateError: row.firmwareUpdateError,
    maintenanceNotes: row.maintenanceNotes,
    lastCalibrationDate: row.lastCalibrationDate,
    disconnectedAt: state?.disconnectedAt ?? null,
    batteryVoltage: state?.batteryVoltage ?? null,
    ssid: state?.ssid ?? null,
    uptimeSeconds: toNumber(state?.uptimeSeconds),
    totalUptimeSeconds: Number((state?.totalUptimeSeconds ?? 0n) + (state?.uptimeSeconds ?? 0n)),
    restartCount: state?.restartCount ?? 0,
    lastRestartAt: state?.lastRestartAt ?? null,
    lastRestartReason: state?.lastRestartReason ?? null,
    dataTransmittedBytes: Number((state?.dataTransmittedBytes ?? 0n) + (state?.bootBytesTransmitted ?? 0n)),
    messageCount: Number(state?.messageCount ?? 0n),
    invalidMessageCount: Number(state?.invalidMessageCount ?? 0n),
    lastInvalidAt: state?.lastInvalidAt ?? null,
    lastInvalidReason: state?.lastInvalidReason ?? null,
    clockSkewMs: state?.deviceTime && state.lastSeenAt ? state.deviceTime.getTime() - state.lastSeenAt.getTime() : null,
  };
}

function attentionOf(row: SummarySource, now: Date): AttentionReason[] {
  const { state } = row;
  if (!state || row.lifecycle === "decommissioned" || row.lifecycle === "maintenance") return [];
  return attentionReasons({ ...row, ...state }, now);
}

function toNumber(value: bigint | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
