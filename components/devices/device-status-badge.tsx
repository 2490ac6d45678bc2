import { CircleDashed, CircleOff } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import type { HealthStatus } from "@/server/domain/devices/vocabulary";

export const HEALTH_LABELS: Record<HealthStatus, string> = {
  healthy: "Healthy",
  warning: "Warning",
  critical: "Critical",
  unknown: "Unknown",
};

export const HEALTH_TONES: Record<HealthStatus, Tone> = {
  healthy: "healthy",
  warning: "warning",
  critical: "critical",
  unknown: "unknown",
};

/** The one word about a device: where it stands in its life, or how it is when it is in service. */
export function DeviceStatusBadge({ lifecycle, health }: { lifecycle: DeviceLifecycle; health: HealthStatus }) {
  switch (lifecycle) {
    case "draft":
      return (
        <Badge tone="unknown" icon={<CircleDashed aria-hidden />}>
          Draft
        </Badge>
      );
    case "provisioned":
      return (
        <Badge tone="info" icon={<CircleDashed aria-hidden />}>
          Waiting
        </Badge>
      );
    case "maintenance":
      return <Badge tone="maintenance">Maintenance</Badge>;
    case "decommissioned":
      return (
        <Badge tone="unknown" icon={<CircleOff aria-hidden />}>
          Decommissioned
        </Badge>
      );
    case "active":
      return <Badge tone={HEALTH_TONES[health]}>{HEALTH_LABELS[health]}</Badge>;
  }
}
