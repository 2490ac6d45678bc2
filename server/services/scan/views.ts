import type { Prisma } from "@/server/db/generated/client";
import { dayOf } from "@/server/domain/maintenance/calendar-day";
import type { FarmPermission } from "@/server/domain/people/policy";
import { toDeviceSummary, SUMMARY_INCLUDE } from "@/server/services/devices/views";

export const FIELD_DEVICE_INCLUDE = {
  ...SUMMARY_INCLUDE,
  maintenance: { where: { status: "planned" }, orderBy: { plannedFor: "asc" }, take: 10 },
  photos: { select: { id: true, takenAt: true }, orderBy: { createdAt: "desc" } },
} satisfies Prisma.DeviceInclude;

type FieldDeviceRow = Prisma.DeviceGetPayload<{ include: typeof FIELD_DEVICE_INCLUDE }>;

/** What a fitter may do on a farm. */
export const FIELD_PERMISSIONS = {
  edit: "device.edit",
  command: "device.command",
  provision: "device.provision",
  replace: "device.decommission",
} as const satisfies Record<string, FarmPermission>;
export type FieldPermissions = Record<keyof typeof FIELD_PERMISSIONS, boolean>;

/** A device as somebody who stands before it sees it; small, because a tablet takes thousands along. */
export type FieldDevice = ReturnType<typeof toFieldDevice>;
export type FieldWork = FieldDevice["work"][number];

export function toFieldDevice(row: FieldDeviceRow, now: Date) {
  const summary = toDeviceSummary(row, now);
  return {
    deviceId: summary.deviceId,
    name: summary.name,
    type: summary.type,
    farmId: summary.farm.id,
    groupName: summary.group?.name ?? null,
    location: summary.location,
    lifecycle: summary.lifecycle,
    manufacturer: summary.manufacturer,
    model: summary.model,
    serialNumber: summary.serialNumber,
    macAddress: summary.macAddress,
    healthStatus: summary.healthStatus,
    healthScore: summary.healthScore,
    attention: summary.attention,
    lastSeenAt: summary.lastSeenAt,
    connected: summary.connected,
    offlineWindowSeconds: summary.offlineWindowSeconds,
    batteryLevel: summary.batteryLevel,
    signalStrength: summary.signalStrength,
    signalQuality: summary.signalQuality,
    work: row.maintenance.map(({ id, type, title, plannedFor, notes, technician, version }) => ({
      id,
      type,
      title,
      plannedFor: plannedFor && dayOf(plannedFor),
      notes,
      technician,
      version,
    })),
    photos: row.photos,
  };
}
