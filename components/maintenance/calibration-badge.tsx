import { CircleDashed } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { CalibrationStatus } from "@/server/domain/devices/vocabulary";

/** Where a device stands with its calibration, in one word. */
export function CalibrationBadge({ status }: { status: CalibrationStatus }) {
  switch (status) {
    case "not_required":
      return (
        <Badge tone="unknown" icon={<CircleDashed aria-hidden />}>
          Not required
        </Badge>
      );
    case "valid":
      return <Badge tone="healthy">Valid</Badge>;
    case "due":
      return <Badge tone="warning">Due</Badge>;
    case "overdue":
      return <Badge tone="critical">Overdue</Badge>;
  }
}
