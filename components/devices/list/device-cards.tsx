import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Checkbox } from "@/components/ui/checkbox";
import { IconTile } from "@/components/ui/icon-tile";
import type { DeviceSummary } from "@/server/services/devices/views";
import { DeviceStatusBadge, HEALTH_TONES } from "../device-status-badge";
import { DeviceTypeIcon } from "../device-type-icon";
import { formatPower, formatSignal } from "../format-readings";
import type { SelectionControl } from "./use-selection";

interface DeviceCardsProps {
  devices: readonly DeviceSummary[];
  /** While somebody chooses devices: check boxes in place of the icons. */
  selection: SelectionControl | undefined;
}

/** The phone's form of the list; the browser skips what is out of sight. */
export function DeviceCards({ devices, selection }: DeviceCardsProps) {
  return (
    <DataList label="Devices" className="rounded-none border-0 shadow-none md:hidden">
      {devices.map((device) => (
        <DataListCard
          key={device.deviceId}
          href={`/devices/${device.deviceId}`}
          leading={
            selection ? (
              <Checkbox
                aria-label={`Select ${device.deviceId}`}
                checked={selection.isSelected(device.deviceId)}
                onCheckedChange={(chosen) => selection.toggle(device.deviceId, chosen)}
              />
            ) : (
              <IconTile tone={device.lifecycle === "active" ? HEALTH_TONES[device.healthStatus] : "unknown"}>
                <DeviceTypeIcon type={device.type} />
              </IconTile>
            )
          }
          title={device.name}
          code={device.deviceId}
          subtitle={[device.farm.name, device.group?.name].filter(Boolean).join(" · ")}
          facts={[
            formatPower(device.powerSource, device.batteryLevel),
            device.signalStrength === null ? null : `${formatSignal(device.signalStrength)} dBm`,
            <RelativeTime key="seen" at={device.lastSeenAt} never="Never seen" />,
          ]}
          trailing={<DeviceStatusBadge lifecycle={device.lifecycle} health={device.healthStatus} />}
        />
      ))}
    </DataList>
  );
}
