import { Missing } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { TagChip } from "@/components/tags/tag-chip";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { DeviceColumn } from "@/server/domain/devices/list-vocabulary";
import { CALIBRATION_STATUS_LABELS, CONNECTION_TYPE_LABELS } from "@/server/domain/devices/vocabulary";
import type { DeviceSummary } from "@/server/services/devices/views";
import { DeviceStatusBadge } from "../device-status-badge";
import { formatPower, formatSignal } from "../format-readings";

const TAGS_SHOWN = 2;

/** What one column says of a device. */
export function DeviceCell({ device, column }: { device: DeviceSummary; column: DeviceColumn }) {
  return contentOf(device, column) ?? <Missing />;
}

function contentOf(device: DeviceSummary, column: DeviceColumn) {
  switch (column) {
    case "type":
      return DEVICE_TYPE_FACTS[device.type].label;
    case "farm":
      return device.farm.name;
    case "group":
      return device.group?.name;
    case "tags":
      return device.tags.length > 0 ? <Tags tags={device.tags} /> : null;
    case "location":
      return device.location;
    case "health":
      return <DeviceStatusBadge lifecycle={device.lifecycle} health={device.healthStatus} />;
    case "firmware":
      return device.firmwareVersion;
    case "battery":
      return formatPower(device.powerSource, device.batteryLevel);
    case "signal":
      return formatSignal(device.signalStrength);
    case "errors":
      return device.lastSeenAt ? device.errorCount : null;
    case "connection":
      return device.connectionType && CONNECTION_TYPE_LABELS[device.connectionType];
    case "model":
      return [device.manufacturer, device.model].filter(Boolean).join(" ") || null;
    case "serialNumber":
      return device.serialNumber;
    case "macAddress":
      return device.macAddress && <span className="font-mono">{device.macAddress}</span>;
    case "calibration":
      return device.calibrationStatus === "not_required" ? null : CALIBRATION_STATUS_LABELS[device.calibrationStatus];
    case "maintenance":
      return device.nextMaintenanceDate?.toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
    case "lastSeen":
      return <RelativeTime at={device.lastSeenAt} />;
  }
}

function Tags({ tags }: { tags: DeviceSummary["tags"] }) {
  const hidden = tags.slice(TAGS_SHOWN);
  return (
    <span className="flex flex-wrap gap-1">
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {hidden.length > 0 ? (
        <span className="text-sm text-ink-3" title={hidden.map((tag) => tag.name).join(", ")}>
          +{hidden.length}
        </span>
      ) : null}
    </span>
  );
}
