import { deviceTypeOfPrefix } from "@/server/domain/devices/device-type";
import type { FieldActionInput } from "@/server/domain/scan/action";
import type { FieldDevice } from "@/server/services/scan/views";

export type RegisterAction = FieldActionInput & { kind: "register" };

/** A device as it will be once its registration has arrived. */
export function draftOf(deviceId: string, device: RegisterAction["device"]): FieldDevice {
  return {
    deviceId,
    name: device.name,
    type: device.type ?? deviceTypeOfPrefix(deviceId),
    farmId: device.farmId,
    groupName: null,
    location: device.location ?? null,
    lifecycle: "draft",
    manufacturer: device.manufacturer ?? "",
    model: device.model ?? "",
    serialNumber: device.serialNumber ?? null,
    macAddress: device.macAddress ?? null,
    healthStatus: "unknown",
    healthScore: 100,
    attention: [],
    lastSeenAt: null,
    connected: false,
    offlineWindowSeconds: 600,
    batteryLevel: null,
    signalStrength: null,
    signalQuality: "none",
    work: [],
    photos: [],
  };
}
