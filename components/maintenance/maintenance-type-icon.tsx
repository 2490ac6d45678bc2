import { BatteryCharging, CircuitBoard, ClipboardCheck, Cog, Gauge, Hammer, type LucideIcon, Sparkles, Wrench } from "lucide-react";
import type { MaintenanceType } from "@/server/domain/maintenance/maintenance-type";

const ICONS: Record<MaintenanceType, LucideIcon> = {
  inspection: ClipboardCheck,
  cleaning: Sparkles,
  calibration: Gauge,
  battery_change: BatteryCharging,
  repair: Wrench,
  part_replacement: Cog,
  firmware: CircuitBoard,
  other: Hammer,
};

/** The picture of a kind of work. Decorative: the word stands beside it. */
export function MaintenanceTypeIcon({ type, className }: { type: MaintenanceType; className?: string }) {
  const Icon = ICONS[type];
  return <Icon aria-hidden className={className} />;
}
