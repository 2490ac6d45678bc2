import { CalendarClock } from "lucide-react";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { MaintenanceTypeIcon } from "./maintenance-type-icon";

/** The kind of work, or a calendar for what comes by its date only. */
export function DueIcon({ item, className }: { item: DueItem; className?: string }) {
  return item.type ? <MaintenanceTypeIcon type={item.type} className={className} /> : <CalendarClock aria-hidden className={className} />;
}
