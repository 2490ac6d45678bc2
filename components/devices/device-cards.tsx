import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { RelativeTime } from "@/components/patterns/relative-time";
import { IconTile } from "@/components/ui/icon-tile";
import type { DeviceSummary } from "@/server/services/devices/views";
import { DeviceStatusBadge, HEALTH_TONES } from "./device-status-badge";
import { DeviceTypeIcon } from "./device-type-icon";
import { formatPower, formatSignal } from "./format-readings";

/** The phone's form of the list. */
export function DeviceCards({ devices }: { devices: readonly DeviceSummary[] }) {
  return (
    <DataList label="Devices" className="rounded-none border-0 shadow-none md:hidden">
      {devices.map((device) => (
        <DataListCard
          key={device.deviceId}
          href={`/devices/${device.deviceId}`}
          leading={
            <IconTile tone={device.lifecycle === "active" ? HEALTH_TONES[device.healthStatus] : "unknown"}>
              <DeviceTypeIcon type={device.type} />
            </IconTile>
          }
          title={device.name}
          code={device.deviceId}
          subtitle={device.farm.name}
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
