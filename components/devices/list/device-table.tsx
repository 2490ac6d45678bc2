import { useWindowVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TableSortHead } from "@/components/ui/table-sort-head";
import {
  DEFAULT_COLUMNS,
  DEVICE_COLUMN_FACTS,
  type DeviceColumn,
  type DeviceSort,
  type SortKey,
} from "@/server/domain/devices/list-vocabulary";
import type { DeviceSummary } from "@/server/services/devices/views";
import { DeviceCell } from "./device-cell";
import type { SelectionControl } from "./use-selection";

const ROW_HEIGHT = 57;
/** Up to here every row is in the page: the browser's own find works, and printing does. */
const VIRTUAL_FROM = 300;

interface DeviceTableProps {
  devices: readonly DeviceSummary[];
  total: number;
  columns: readonly DeviceColumn[];
  sort: readonly SortKey[];
  onSort: (key: SortKey, added: boolean) => void;
  /** Absent for people who may not change anything. */
  selection: SelectionControl | undefined;
}

/** From tablets up; phones get cards. Only the rows in sight are in the page when they are many. */
export function DeviceTable({ devices, total, columns, sort, onSort, selection }: DeviceTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const isVirtual = devices.length > VIRTUAL_FROM;
  useEffect(() => {
    setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [isVirtual]);
  const virtualizer = useWindowVirtualizer({
    count: devices.length,
    enabled: isVirtual,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
    scrollMargin: top,
  });
  const items = isVirtual ? virtualizer.getVirtualItems() : undefined;
  const rows = items ? items.map((item) => item.index) : devices.map((_, index) => index);
  const above = items?.[0] ? items[0].start - top : 0;
  const below = items?.length ? virtualizer.getTotalSize() + top - (items.at(-1)?.end ?? 0) : 0;
  const headOf = (column: DeviceSort) => {
    const at = sort.findIndex((key) => key.by === column);
    return {
      direction: at < 0 ? null : sort[at]?.descending ? ("desc" as const) : ("asc" as const),
      rank: sort.length > 1 && at >= 0 ? at + 1 : undefined,
      onSort: (next: "asc" | "desc", added: boolean) => onSort({ by: column, descending: next === "desc" }, added),
    };
  };
  const span = columns.length + 1 + (selection ? 1 : 0);
  return (
    <Table caption="Devices" containerClassName="max-md:hidden" aria-rowcount={total + 1}>
      <TableHeader>
        <TableRow>
          {selection ? <SelectHead selection={selection} loaded={devices} /> : null}
          <TableSortHead {...headOf("deviceId")}>Device</TableSortHead>
          {columns.map((column) => {
            const { label, sort: by, descendingFirst, numeric } = DEVICE_COLUMN_FACTS[column];
            const align = numeric ? "right" : "left";
            return by ? (
              <TableSortHead
                key={column}
                {...headOf(by)}
                align={align}
                firstDirection={descendingFirst ? "desc" : "asc"}
                className={narrowHidden(columns, column)}
              >
                {label}
              </TableSortHead>
            ) : (
              <TableHead key={column} align={align}>
                {label}
              </TableHead>
            );
          })}
        </TableRow>
      </TableHeader>
      <TableBody ref={body}>
        <Spacer height={above} span={span} />
        {rows.map((index) => {
          const device = devices[index];
          return device ? (
            <DeviceRow key={device.deviceId} device={device} columns={columns} selection={selection} rowIndex={index + 2} />
          ) : null;
        })}
        <Spacer height={below} span={span} />
      </TableBody>
    </Table>
  );
}

/** What the usual columns do without where there is no room: the ID's letters tell the type. */
const NARROW: Partial<Record<DeviceColumn, string>> = { type: "max-lg:hidden", firmware: "max-xl:hidden", signal: "max-xl:hidden" };

/** The usual columns fit a tablet; what somebody chose is shown, and scrolls. */
function narrowHidden(columns: readonly DeviceColumn[], column: DeviceColumn): string | undefined {
  const isUsual = columns.join() === DEFAULT_COLUMNS.join();
  return isUsual ? NARROW[column] : undefined;
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function SelectHead({ selection, loaded }: { selection: SelectionControl; loaded: readonly DeviceSummary[] }) {
  const chosen = loaded.filter((device) => selection.isSelected(device.deviceId)).length;
  return (
    <TableHead className="w-10">
      <Checkbox
        aria-label="Select the devices shown"
        checked={chosen > 0 && chosen === loaded.length}
        indeterminate={chosen > 0 && chosen < loaded.length}
        onCheckedChange={(checked) => (checked ? selection.selectLoaded() : selection.clear())}
      />
    </TableHead>
  );
}

interface DeviceRowProps {
  device: DeviceSummary;
  columns: readonly DeviceColumn[];
  selection: SelectionControl | undefined;
  rowIndex: number;
}

function DeviceRow({ device, columns, selection, rowIndex }: DeviceRowProps) {
  const selected = selection?.isSelected(device.deviceId) ?? false;
  const withShift = useRef(false);
  return (
    <TableRow className="relative" aria-rowindex={rowIndex} data-selected={selected || undefined} style={{ height: ROW_HEIGHT }}>
      {selection ? (
        <TableCell className="relative z-1 w-10">
          <Checkbox
            aria-label={`Select ${device.deviceId}`}
            checked={selected}
            onClick={(event) => {
              withShift.current = event.shiftKey;
            }}
            onCheckedChange={(checked) => selection.toggle(device.deviceId, checked, withShift.current)}
          />
        </TableCell>
      ) : null}
      <TableCell>
        <Link href={`/devices/${device.deviceId}`} className="block -outline-offset-2 after:absolute after:inset-0">
          <span className="block font-mono font-semibold tracking-tight">{device.deviceId}</span>
          <span className="block max-w-48 truncate text-sm text-ink-2 lg:max-w-60">{device.name}</span>
        </Link>
      </TableCell>
      {columns.map((column) => (
        <TableCell
          key={column}
          align={DEVICE_COLUMN_FACTS[column].numeric ? "right" : "left"}
          className={cn("max-w-56 truncate", narrowHidden(columns, column))}
        >
          <DeviceCell device={device} column={column} />
        </TableCell>
      ))}
    </TableRow>
  );
}
