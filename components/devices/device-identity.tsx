import Link from "next/link";
import { DeviceFirmwareCard } from "@/components/firmware/device-firmware-card";
import { ColorDot } from "@/components/patterns/color-dot";
import { DefinitionList, type Definition } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { TagChip } from "@/components/tags/tag-chip";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";
import {
  CALIBRATION_STATUS_LABELS,
  CONNECTION_TYPE_LABELS,
  POWER_SOURCE_LABELS,
  PROVISIONING_METHOD_LABELS,
} from "@/server/domain/devices/vocabulary";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { formatBytes, formatUptime } from "./format-readings";

/** What is known of a device, in groups: who, what, how it runs. */
export function DeviceIdentity({ device }: { device: DevicePageView }) {
  return (
    <>
      <FactCard title="Identity" items={identityOf(device)} />
      <DeviceFirmwareCard device={device} />
      <FactCard title="Statistics" items={statisticsOf(device)} />
      <FactCard title="Maintenance and calibration" items={maintenanceOf(device)} />
    </>
  );
}

function FactCard({ title, items }: { title: string; items: Definition[] }) {
  return (
    <Card>
      <CardHeader title={title} divided />
      <CardBody className="pt-4">
        <DefinitionList items={items} className="break-words" />
      </CardBody>
    </Card>
  );
}

function GroupLink({ group }: { group: NonNullable<DevicePageView["group"]> }) {
  return (
    <Link
      href={`/groups/${group.id}`}
      className="hit-area inline-flex max-w-full items-center gap-1.5 rounded-inner font-medium hover:text-accent hover:underline"
    >
      <ColorDot color={group.color} />
      <span className="truncate">{group.name}</span>
    </Link>
  );
}

function Tags({ tags }: { tags: DevicePageView["tags"] }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
    </span>
  );
}

function identityOf(device: DevicePageView): Definition[] {
  return [
    { term: "Type", value: DEVICE_TYPE_FACTS[device.type].label },
    { term: "Farm", value: `${device.farm.name} (${device.farm.code})` },
    { term: "Group", value: device.group ? <GroupLink group={device.group} /> : null },
    { term: "Tags", value: device.tags.length > 0 ? <Tags tags={device.tags} /> : null },
    { term: "Location", value: device.location },
    { term: "Manufacturer", value: device.manufacturer },
    { term: "Model", value: device.model },
    { term: "Serial number", value: device.serialNumber, mono: true },
    { term: "MAC address", value: device.macAddress, mono: true },
    { term: "Power source", value: POWER_SOURCE_LABELS[device.powerSource] },
    { term: "Connection", value: device.connectionType ? CONNECTION_TYPE_LABELS[device.connectionType] : null },
    { term: "Wi-Fi network", value: device.ssid },
    { term: "State", value: `${LIFECYCLE_FACTS[device.lifecycle].label}: ${LIFECYCLE_FACTS[device.lifecycle].meaning.toLowerCase()}` },
    { term: "Provisioned", value: device.provisionedAt ? <RelativeTime at={device.provisionedAt} suffix=" ago" /> : null },
    { term: "Method", value: device.provisioningMethod ? PROVISIONING_METHOD_LABELS[device.provisioningMethod] : null },
  ];
}

function statisticsOf(device: DevicePageView): Definition[] {
  return [
    { term: "Uptime", value: device.uptimeSeconds === null ? null : formatUptime(device.uptimeSeconds) },
    { term: "Total uptime", value: formatUptime(device.totalUptimeSeconds) },
    {
      term: "Restarts",
      value: device.lastRestartReason ? `${device.restartCount}, last: ${wordsOf(device.lastRestartReason)}` : device.restartCount,
    },
    { term: "Data sent", value: formatBytes(device.dataTransmittedBytes) },
    { term: "Messages", value: device.messageCount.toLocaleString("en") },
    {
      term: "Invalid messages",
      value: device.lastInvalidReason
        ? `${device.invalidMessageCount}, last: ${wordsOf(device.lastInvalidReason)}`
        : device.invalidMessageCount,
    },
    { term: "Device clock", value: device.clockSkewMs === null ? null : describeSkew(device.clockSkewMs) },
  ];
}

function maintenanceOf(device: DevicePageView): Definition[] {
  return [
    { term: "Next maintenance", value: formatDay(device.nextMaintenanceDate) },
    { term: "Notes", value: device.maintenanceNotes },
    { term: "Calibration", value: CALIBRATION_STATUS_LABELS[device.calibrationStatus] },
    { term: "Last calibrated", value: formatDay(device.lastCalibrationDate) },
    { term: "Next calibration", value: formatDay(device.nextCalibrationDate) },
    { term: "Battery warning", value: `below ${device.lowBatteryThreshold} %` },
  ];
}

function describeSkew(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds < 5) return "In step with the server";
  return `${formatUptime(seconds)} ${skewMs > 0 ? "ahead" : "behind"}`;
}

function formatDay(date: Date | null): string | null {
  return date ? date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : null;
}

/** A reason as the protocol spells it, `power_on`, in words. */
function wordsOf(reason: string): string {
  return reason.replaceAll("_", " ");
}
