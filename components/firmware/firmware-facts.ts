import { Archive, FlaskConical, type LucideIcon, PencilLine, ShieldCheck } from "lucide-react";
import { serializeDeviceFilters } from "@/components/devices/list/device-filters";
import type { Tone } from "@/components/ui/tone";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import type { SpreadEntry } from "@/server/services/firmware/get-spread";

export const STATE_TONES: Record<FirmwareState, Tone> = { draft: "unknown", testing: "accent", stable: "healthy", deprecated: "warning" };

export const STATE_ICONS: Record<FirmwareState, LucideIcon> = {
  draft: PencilLine,
  testing: FlaskConical,
  stable: ShieldCheck,
  deprecated: Archive,
};

/** The device list, narrowed to those of a type that report a version. */
export function devicesRunning(deviceType: DeviceType, version: string): string {
  return serializeDeviceFilters("/devices", { type: [deviceType], fw: [version] });
}

/** What a version means for the devices that run it: up to date, behind, on trial, to be replaced, or nobody knows. */
export function toneOfEntry({ firmware, isNewest, version }: SpreadEntry): Tone | undefined {
  if (version === null) return undefined;
  if (!firmware) return "unknown";
  if (firmware.state === "stable") return isNewest ? "healthy" : "info";
  return STATE_TONES[firmware.state];
}
