import { CloudFog, DoorOpen, Droplets, type LucideIcon, Milk, Radio, Thermometer, Wheat } from "lucide-react";
import type { DeviceType } from "@/server/domain/devices/device-type";

const ICONS: Record<DeviceType, LucideIcon> = {
  milk_meter: Milk,
  temperature: Thermometer,
  collar: Radio,
  feeder: Wheat,
  gate: DoorOpen,
  waterer: Droplets,
  environmental: CloudFog,
};

/** The picture of a device type. Decorative: the word stands beside it. */
export function DeviceTypeIcon({ type, className }: { type: DeviceType; className?: string }) {
  const Icon = ICONS[type];
  return <Icon aria-hidden className={className} />;
}
