import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { Missing } from "@/components/patterns/definition-list";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { ListedBattery } from "@/server/services/overview/list-batteries";
import Link from "next/link";
import { batteryRange, UNKNOWN_LABELS } from "./describe-battery";

/** Batteries as a table; on phones as cards. Each opens its device's health. */
export function BatteryTable({ batteries }: { batteries: readonly ListedBattery[] }) {
  return (
    <>
      <DataList label="Batteries" className="rounded-none border-0 shadow-none md:hidden">
        {batteries.map((battery) => (
          <DataListCard
            key={battery.deviceId}
            href={hrefOf(battery)}
            leading={<DeviceTypeIcon type={battery.type} className="size-5 text-ink-3" />}
            title={battery.name}
            code={battery.deviceId}
            subtitle={placeOf(battery)}
            trailing={<When battery={battery} />}
            facts={[factsOf(battery)]}
          />
        ))}
      </DataList>
      <Table caption="Batteries" containerClassName="max-md:hidden">
        <TableHeader>
          <TableRow>
            <TableHead>Device</TableHead>
            <TableHead>Place</TableHead>
            <TableHead>Needs a battery</TableHead>
            <TableHead align="right">Battery</TableHead>
            <TableHead align="right">Low below</TableHead>
            <TableHead align="right">A day</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {batteries.map((battery) => (
            <TableRow key={battery.deviceId} className="relative">
              <TableCell>
                <span className="flex items-center gap-2.5">
                  <DeviceTypeIcon type={battery.type} className="size-4 shrink-0 text-ink-3" />
                  <span className="min-w-0">
                    <Link href={hrefOf(battery)} className="font-medium -outline-offset-2 after:absolute after:inset-0">
                      <span className="mr-1.5 font-mono tracking-tight">{battery.deviceId}</span>
                      {battery.name}
                    </Link>
                    <span className="block text-sm text-ink-3">{DEVICE_TYPE_FACTS[battery.type].label}</span>
                  </span>
                </span>
              </TableCell>
              <TableCell className="text-ink-2">{placeOf(battery)}</TableCell>
              <TableCell>
                <When battery={battery} />
              </TableCell>
              <TableCell align="right">{percent(battery.batteryLevel) ?? <Missing />}</TableCell>
              <TableCell align="right">{battery.threshold} %</TableCell>
              <TableCell align="right">{slope(battery.slopePerDay) ?? <Missing />}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

function When({ battery: { outlook } }: { battery: ListedBattery }) {
  if (outlook.kind === "low") return <Badge tone="critical">Low now</Badge>;
  if (outlook.kind === "unknown") return <Badge tone="unknown">{UNKNOWN_LABELS[outlook.reason]}</Badge>;
  return (
    <span className="whitespace-nowrap tabular" suppressHydrationWarning>
      {batteryRange(outlook, new Date())}
    </span>
  );
}

function hrefOf({ deviceId }: ListedBattery): string {
  return `/devices/${deviceId}?tab=health`;
}

function placeOf({ farm, group, location }: ListedBattery): string {
  return [...new Set([farm.name, group?.name, location].filter(Boolean))].join(" · ");
}

/** For a narrow card: "32 %, −0.91 % a day". */
function factsOf({ batteryLevel, slopePerDay }: ListedBattery): string | null {
  const perDay = slope(slopePerDay);
  return [percent(batteryLevel), perDay && `${perDay} a day`].filter(Boolean).join(", ") || null;
}

function percent(value: number | null): string | null {
  return value === null ? null : `${Math.round(value)} %`;
}

function slope(perDay: number | null): string | null {
  return perDay === null ? null : `${perDay.toFixed(2).replace("-", "\u2212")} %`;
}
