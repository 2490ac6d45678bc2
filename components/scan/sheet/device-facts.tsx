import { DeviceStatusBadge } from "@/components/devices/device-status-badge";
import { describeAttention } from "@/components/devices/describe-attention";
import { formatSignal } from "@/components/devices/format-readings";
import { DefinitionList } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";
import { isOnline } from "@/server/domain/health/presence";
import type { FieldDevice } from "@/server/services/scan/views";

/** State, health and last readings, the worst first. */
export function DeviceFacts({ device }: { device: FieldDevice }) {
  const { lifecycle, healthStatus, healthScore, attention, batteryLevel, signalStrength, lastSeenAt } = device;
  const heard = lastSeenAt !== null;
  const online = isOnline(device, new Date());
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <DeviceStatusBadge lifecycle={lifecycle} health={healthStatus} />
        {heard ? <Badge tone={online ? "healthy" : "critical"}>{online ? "Online" : "Offline"}</Badge> : null}
        <span className="text-sm text-ink-2">{LIFECYCLE_FACTS[lifecycle].meaning}</span>
      </div>
      {attention.length > 0 ? <p className="font-medium text-critical">{attention.map(describeAttention).join(" · ")}</p> : null}
      <DefinitionList
        className="gap-y-1.5"
        items={[
          { term: "Health", value: heard ? `${healthScore} of 100` : null },
          { term: "Last heard", value: heard ? <RelativeTime at={lastSeenAt} suffix=" ago" /> : "Never" },
          ...(batteryLevel === null ? [] : [{ term: "Battery", value: `${Math.round(batteryLevel)} %` }]),
          ...(signalStrength === null ? [] : [{ term: "Signal", value: `${formatSignal(signalStrength)} dBm` }]),
          { term: "Place", value: device.location },
          ...(device.groupName ? [{ term: "Group", value: device.groupName }] : []),
          ...(device.serialNumber ? [{ term: "Serial number", value: device.serialNumber, mono: true }] : []),
        ]}
      />
    </div>
  );
}
