import Link from "next/link";
import { Missing } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TableSortHead } from "@/components/ui/table-sort-head";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { DeviceSort } from "@/server/domain/devices/vocabulary";
import type { DeviceSummary } from "@/server/services/devices/views";
import { DeviceStatusBadge } from "./device-status-badge";
import { formatPower, formatSignal } from "./format-readings";

interface DeviceTableProps {
  devices: readonly DeviceSummary[];
  sort: DeviceSort;
  descending: boolean;
  onSort: (sort: DeviceSort, descending: boolean) => void;
}

const COLUMNS: { sort: DeviceSort; label: string; align?: "right"; firstDirection?: "desc" }[] = [
  { sort: "deviceId", label: "Device" },
  { sort: "type", label: "Type" },
  { sort: "farm", label: "Farm" },
  { sort: "health", label: "Health" },
];

/** From tablets up; phones get cards. */
export function DeviceTable({ devices, sort, descending, onSort }: DeviceTableProps) {
  const headOf = (column: DeviceSort) => ({
    direction: sort === column ? (descending ? ("desc" as const) : ("asc" as const)) : null,
    onSort: (next: "asc" | "desc") => onSort(column, next === "desc"),
  });
  return (
    <Table caption="Devices" containerClassName="hidden md:block">
      <TableHeader>
        <TableRow>
          {COLUMNS.map((column) => (
            <TableSortHead key={column.sort} {...headOf(column.sort)}>
              {column.label}
            </TableSortHead>
          ))}
          <TableHead className="max-lg:hidden">Firmware</TableHead>
          <TableSortHead {...headOf("battery")} align="right">
            Power
          </TableSortHead>
          <TableSortHead {...headOf("signal")} align="right" className="max-lg:hidden">
            Signal, dBm
          </TableSortHead>
          <TableSortHead {...headOf("lastSeen")} align="right" firstDirection="desc">
            Last seen
          </TableSortHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {devices.map((device) => (
          <DeviceRow key={device.deviceId} device={device} />
        ))}
      </TableBody>
    </Table>
  );
}

function DeviceRow({ device }: { device: DeviceSummary }) {
  return (
    <TableRow className="relative">
      <TableCell>
        <Link href={`/devices/${device.deviceId}`} className="block -outline-offset-2 after:absolute after:inset-0">
          <span className="block font-mono font-semibold tracking-tight">{device.deviceId}</span>
          <span className="block max-w-36 truncate text-sm text-ink-2 lg:max-w-60">{device.name}</span>
        </Link>
      </TableCell>
      <TableCell>{DEVICE_TYPE_FACTS[device.type].label}</TableCell>
      <TableCell>{device.farm.name}</TableCell>
      <TableCell>
        <DeviceStatusBadge lifecycle={device.lifecycle} health={device.healthStatus} />
      </TableCell>
      <TableCell className="max-lg:hidden">{device.firmwareVersion ?? <Missing />}</TableCell>
      <TableCell align="right">{formatPower(device.powerSource, device.batteryLevel) ?? <Missing />}</TableCell>
      <TableCell align="right" className="max-lg:hidden">
        {formatSignal(device.signalStrength) ?? <Missing />}
      </TableCell>
      <TableCell align="right">
        <RelativeTime at={device.lastSeenAt} />
      </TableCell>
    </TableRow>
  );
}
